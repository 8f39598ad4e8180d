#include "tcpwhy/version.h"

namespace tcpwhy {

// TCPWHY_VERSION comes from project() in the top CMakeLists.txt, the one place that states it.
std::string_view version() {
    return TCPWHY_VERSION;
}

}  // namespace tcpwhy
