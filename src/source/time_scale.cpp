#include "source/time_scale.h"

namespace tcpwhy::source {

namespace {

constexpr std::uint64_t nanoseconds_per_second = 1'000'000'000;

/// 10^exponent. REQUIRES: exponent <= 19.
std::uint64_t power_of_ten(unsigned exponent) {
    std::uint64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

}  // namespace

TimeScale::TimeScale(std::uint8_t resolution, std::int64_t offset)
    : offset_(static_cast<Int128>(offset) * nanoseconds_per_second) {
    const unsigned exponent = resolution & 0x7fU;
    if ((resolution & 0x80U) != 0) {
        multiplier_ = nanoseconds_per_second;
        shift_ = exponent;
    } else if (exponent <= 9) {
        multiplier_ = power_of_ten(9 - exponent);
    } else if (exponent - 9 <= 19) {
        multiplier_ = 1;
        divisor_ = power_of_ten(exponent - 9);
    } else {
        // 2^64 units of 10^-29 s are less than a nanosecond.
        multiplier_ = 0;
    }
}

}  // namespace tcpwhy::source
