// What the error numbers of Linux mean, those of sockets in depth.
#pragma once

#include <span>
#include <string_view>

namespace tcpwhy {

/// One error number of this system.
struct ErrorNumber {
    int number = 0;            ///< as in <cerrno>; differs between architectures
    std::string_view name;     ///< "ECONNRESET"
    std::string_view text;     ///< strerror()'s, in English: "Connection reset by peer"
    std::string_view meaning;  ///< one sentence
};

/// All of Linux's, in the order of their numbers on most architectures.
[[nodiscard]] std::span<const ErrorNumber> error_numbers();

/// A second name for an error number: EWOULDBLOCK is EAGAIN.
struct ErrorAlias {
    std::string_view alias;
    std::string_view name;
};
[[nodiscard]] std::span<const ErrorAlias> error_aliases();

/// What an error number can and cannot mean for a TCP socket on Linux.
struct ErrorDetail {
    std::string_view name;
    std::string_view when;      ///< which call returns it, and in which situation
    std::string_view icmp;      ///< which ICMP errors become it; empty = none
    std::string_view confused;  ///< what it does not mean, and what it is mistaken for
    std::string_view advice;    ///< what to do next
};
/// Those of sockets, in the order of their numbers.
[[nodiscard]] std::span<const ErrorDetail> connection_error_details();
[[nodiscard]] std::span<const ErrorDetail> program_error_details();
/// The detail of that name, or nullptr where one sentence is all there is to say.
[[nodiscard]] const ErrorDetail* find_error_detail(std::string_view name);

/// One of getaddrinfo()'s own error numbers: the name was not even turned into an address.
struct LookupError {
    int number = 0;
    std::string_view name;  ///< "EAI_NONAME"
    std::string_view text;  ///< gai_strerror()'s, in English
    std::string_view meaning;
    std::string_view advice;  ///< empty = a mistake in the calling program
};
[[nodiscard]] std::span<const LookupError> lookup_errors();

}  // namespace tcpwhy
