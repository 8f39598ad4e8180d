// Points in time and spans of it, both in nanoseconds.
#pragma once

#include <chrono>

namespace tcpwhy {

/// A span of time in nanoseconds; may be negative where a capture's clock ran backwards.
using Duration = std::chrono::nanoseconds;

/// A capture's time: nanoseconds since 1970-01-01 00:00:00 UTC, from 1677 to 2262.
using Timestamp = std::chrono::sys_time<std::chrono::nanoseconds>;

}  // namespace tcpwhy
