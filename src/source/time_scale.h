// pcapng's timestamps in nanoseconds.
#pragma once

#include <cstdint>
#include <limits>

#include "tcpwhy/time.h"

namespace tcpwhy::source {

/// Wide enough for any 64-bit timestamp in any resolution, with any offset.
__extension__ using Int128 = __int128;

/// How an interface counts time: the options if_tsresol and if_tsoffset of its description
/// (pcapng, section 4.2). Microseconds since the epoch where neither is given.
class TimeScale {
public:
    TimeScale() = default;
    /// `resolution` as if_tsresol encodes it: a negative power of 10, or of 2 where the highest
    /// bit is set. `offset` in seconds, added to every timestamp.
    TimeScale(std::uint8_t resolution, std::int64_t offset);

    /// A timestamp in units of the resolution. What lies outside of Timestamp's range becomes its
    /// nearest end; parts of a nanosecond are cut.
    [[nodiscard]] Timestamp at(std::uint64_t units) const {
        Int128 nanoseconds = static_cast<Int128>(units) * multiplier_;
        if (shift_ != 0) nanoseconds >>= shift_;
        if (divisor_ != 1) nanoseconds /= divisor_;
        return saturated(nanoseconds + offset_);
    }

private:
    static Timestamp saturated(Int128 nanoseconds) {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        if (nanoseconds > most) return Timestamp(Duration(most));
        if (nanoseconds < least) return Timestamp(Duration(least));
        return Timestamp(Duration(static_cast<std::int64_t>(nanoseconds)));
    }

    std::uint64_t multiplier_ = 1000;
    std::uint64_t divisor_ = 1;
    unsigned shift_ = 0;
    Int128 offset_ = 0;  ///< nanoseconds
};

}  // namespace tcpwhy::source
