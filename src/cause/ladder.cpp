#include "cause/ladder.h"

namespace tcpwhy {

std::vector<std::string> ladder(const Evidence&) {
    return {};
}

}  // namespace tcpwhy
