// Words that several causes use in their summaries.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "connection/evidence.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// "192.168.1.1", the address alone.
[[nodiscard]] inline std::string host_of(const EvidenceSide& side) {
    return side.address.addr.to_string();
}
/// "192.168.1.1:80".
[[nodiscard]] inline std::string address_of(const EvidenceSide& side) {
    return side.address.to_string();
}
[[nodiscard]] inline By by_of(Party party) {
    return party == Party::client ? By::client : By::server;
}
/// "the client" or "the server".
[[nodiscard]] inline std::string name_of(Party party) {
    return party == Party::client ? "the client" : "the server";
}
/// "The server 192.168.1.1:80", to begin a sentence with.
[[nodiscard]] inline std::string subject_of(const Evidence& e, Party party) {
    return (party == Party::client ? "The client " : "The server ") + address_of(e.side(party));
}
/// "192.168.1.6:51514 and 192.168.1.1:80", client first.
[[nodiscard]] inline std::string both_addresses(const Evidence& e) {
    return address_of(e.client) + " and " + address_of(e.server);
}
/// "4 SYNs in 7.01 s", or "1 SYN" for a single one.
[[nodiscard]] inline std::string tries_in_words(const Run& run, std::string_view what) {
    std::string words = count_of(run.count, what);
    if (run.span() > Duration{}) words += " in " + format_duration(run.span());
    return words;
}
/// "ICMP 3/13" or "ICMPv6 1/1".
[[nodiscard]] inline std::string icmp_name(const IcmpFacts& icmp) {
    return (icmp.is_v6 ? "ICMPv6 " : "ICMP ") + std::to_string(icmp.type) + "/" +
           std::to_string(icmp.code);
}

}  // namespace tcpwhy
