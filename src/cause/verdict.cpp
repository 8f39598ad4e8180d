#include "tcpwhy/verdict.h"

namespace tcpwhy {

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::ok:
            return "ok";
        case Outcome::open:
            return "open";
        case Outcome::refused:
            return "refused";
        case Outcome::reset:
            return "reset";
        case Outcome::timeout:
            return "timeout";
        case Outcome::unreachable:
            return "unreachable";
        case Outcome::stalled:
            return "stalled";
        case Outcome::local_error:
            return "local-error";
    }
    return "open";
}

std::string_view to_string(Confidence confidence) {
    switch (confidence) {
        case Confidence::possible:
            return "possible";
        case Confidence::likely:
            return "likely";
        case Confidence::certain:
            return "certain";
    }
    return "possible";
}

std::string_view to_string(By by) {
    switch (by) {
        case By::client:
            return "client";
        case By::server:
            return "server";
        case By::middlebox:
            return "middlebox";
        case By::network:
            return "network";
        case By::none:
            return "none";
        case By::unknown:
            return "unknown";
    }
    return "unknown";
}

}  // namespace tcpwhy
