// Small pieces of text that several layers print.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tcpwhy/time.h"

namespace tcpwhy {

/// A span of time for a person: "540 µs", "1.02 s", "2 min 11 s", "3 h 5 min"; negative ones with a
/// minus.
[[nodiscard]] std::string format_duration(Duration span);

/// Seconds since the epoch with nine decimals, trailing zeros cut to at least one: "1700000000.5".
[[nodiscard]] std::string format_epoch(Timestamp time);

/// "2023-11-14 22:13:20.500000 UTC" (microseconds).
[[nodiscard]] std::string format_utc(Timestamp time);

/// A count with thin grouping: 1234567 is "1,234,567".
[[nodiscard]] std::string format_count(std::uint64_t count);

/// "1 connection", "2 connections"; `plural` empty means singular + "s".
[[nodiscard]] std::string count_of(std::uint64_t count, std::string_view singular,
                                   std::string_view plural = {});

/// Removes control characters (and everything outside printable ASCII) from text that came from
/// a packet or a file name, so that nothing hostile reaches a terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace tcpwhy
