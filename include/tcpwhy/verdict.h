// The answer: what became of one connection, why, who did it, and how sure that is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tcpwhy/address.h"
#include "tcpwhy/time.h"

namespace tcpwhy {

/// What the application sees.
enum class Outcome : std::uint8_t {
    ok,
    open,
    refused,
    reset,
    timeout,
    unreachable,
    stalled,
    local_error,
};
/// "ok", "local-error", …
[[nodiscard]] std::string_view to_string(Outcome outcome);

/// How sure a verdict is. Derived from which causes fit and which are ruled out; never claimed.
enum class Confidence : std::uint8_t {
    possible,  ///< several causes remain and none stands out
    likely,    ///< one fits best, others remain possible
    certain,   ///< exactly one cause fits and every other is ruled out
};
[[nodiscard]] std::string_view to_string(Confidence confidence);

/// Who ended or blocked the connection.
enum class By : std::uint8_t { client, server, middlebox, network, none, unknown };
[[nodiscard]] std::string_view to_string(By by);

/// One packet that decides, and what it says.
struct EvidenceLine {
    std::uint64_t frame = 0;  ///< the number that Wireshark shows
    Timestamp time{};
    std::string
        says;  ///< e.g. "client sends SYN seq=0"; numbers relative to each side's initial one
};

/// Another cause that the evidence still allows.
struct Alternative {
    std::string_view cause;  ///< id, static text
    Confidence confidence = Confidence::possible;
    std::string because;
};

/// Why a cause is not it; for those who ask (read -vv).
struct Exclusion {
    std::string_view cause;
    std::string because;
};

/// The verdict on one connection.
struct Verdict {
    SocketAddress client;
    SocketAddress server;
    Timestamp start{};
    Timestamp end{};
    Outcome outcome = Outcome::open;
    std::string_view cause;  ///< id of the catalogue, static text
    Confidence confidence = Confidence::possible;
    By by = By::unknown;
    std::string summary;
    std::vector<EvidenceLine> evidence;
    std::vector<Alternative> alternatives;
    std::vector<Exclusion> excluded;  ///< filled only on request
    std::vector<std::string> advice;
    std::string conn_state;         ///< Zeek's
    std::string history;            ///< Zeek's
    std::string_view client_state;  ///< RFC 9293 names: "ESTABLISHED", …, "UNKNOWN"
    std::string_view server_state;
    std::uint64_t client_packets = 0, server_packets = 0;
    std::uint64_t client_bytes = 0, server_bytes = 0;        ///< payload by sequence space
    std::uint64_t client_ip_bytes = 0, server_ip_bytes = 0;  ///< whole IP packets
    Duration rtt{-1};                 ///< SYN to its answer; negative = not measured
    std::string vantage;              ///< the capture's name
    std::vector<std::string> notes;   ///< "simultaneous-open", "client-guessed", …
    std::vector<std::string> ladder;  ///< decisive packets in the notation, in order

    /// Whether this is a failure: neither ok nor open.
    [[nodiscard]] bool failed() const { return outcome != Outcome::ok && outcome != Outcome::open; }
};

/// Connections that were folded into one line to stay within memory.
struct VerdictGroup {
    SocketAddress server;
    Outcome outcome = Outcome::timeout;
    std::string_view cause;
    Confidence confidence = Confidence::possible;
    std::uint64_t count = 0;
    Timestamp first{};
    Timestamp last{};
    std::vector<SocketAddress> examples;  ///< at most four clients
    std::string summary;
    std::string vantage;
};

}  // namespace tcpwhy
