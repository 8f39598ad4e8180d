// Why the Linux kernel sent a reset or dropped a packet, in the kernel's own words. By name only:
// the numbers of both enums move between versions.
#pragma once

#include <span>
#include <string_view>

namespace tcpwhy {

/// A name of enum sk_rst_reason (include/net/rstreason.h, Linux 6.12 and later), without
/// "SK_RST_REASON_".
struct ResetReason {
    std::string_view name;
    std::string_view meaning;
    std::string_view on_the_wire;  ///< which of the two shapes of a Linux reset, and its numbers
    std::string_view causes;  ///< ids between commas: what it can be; empty = no particular one
    std::string_view trap;    ///< what it is mistaken for; empty = nothing known
};
[[nodiscard]] std::span<const ResetReason> reset_reasons();

/// A name of enum skb_drop_reason (include/net/dropreason-core.h), without "SKB_DROP_REASON_".
struct DropReason {
    std::string_view name;
    std::string_view meaning;
    std::string_view causes;
    std::string_view trap;
};
/// Those that TCP itself gives, and those that strike packets of TCP on their way through the host.
[[nodiscard]] std::span<const DropReason> tcp_drop_reasons();
[[nodiscard]] std::span<const DropReason> path_drop_reasons();

}  // namespace tcpwhy
