#include "cause/catalogue_list.inc"
#include "cause/cause.h"

namespace tcpwhy {

std::span<const Cause* const> catalogue() {
    return all_causes;
}

const Cause* find_cause(std::string_view id) {
    for (const Cause* cause : all_causes) {
        if (cause->id == id) return cause;
    }
    return nullptr;
}

}  // namespace tcpwhy
