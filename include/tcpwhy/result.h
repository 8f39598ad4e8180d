// A value, or the reason why there is none.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace tcpwhy {

/// What kind of trouble the program itself met. A bad packet is never an Error: it is evidence.
enum class ErrorKind {
    usage,       ///< the request makes no sense: an option, a filter, a name
    not_found,   ///< a file or a device that does not exist
    permission,  ///< a privilege is missing
    corrupt,     ///< the input is damaged or not what it claims to be
    io,          ///< reading or writing failed
};

/// One trouble: what happened and where, and what the user can do about it.
struct Error {
    ErrorKind kind = ErrorKind::io;
    std::string what;    ///< one line without full stop, e.g. "capture.pcap: not a capture file"
    std::string advice;  ///< one sentence, or empty where nothing helps

    /// "what. advice" on one line, for standard error.
    [[nodiscard]] std::string to_string() const {
        return advice.empty() ? what : what + ". " + advice;
    }
};

/// A value or an Error. Only members that std::expected (C++23) has too are used, so that
/// this alias can be switched.
template <typename T>
using Result = tl::expected<T, Error>;

/// Makes the failing half of a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string what,
                                                std::string advice = {}) {
    return tl::unexpected<Error>(Error{kind, std::move(what), std::move(advice)});
}

}  // namespace tcpwhy
