#include "source/time_scale.h"

#include <gtest/gtest.h>

#include <limits>

namespace tcpwhy::source {
namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

std::int64_t nanoseconds(std::uint8_t resolution, std::uint64_t units, std::int64_t offset = 0) {
    return TimeScale(resolution, offset).at(units).time_since_epoch().count();
}

TEST(TimeScale, IsMicrosecondsByDefault) {
    EXPECT_EQ(TimeScale().at(7).time_since_epoch().count(), 7000);
}

TEST(TimeScale, PowersOfTen) {
    EXPECT_EQ(nanoseconds(0, 2), 2'000'000'000);
    EXPECT_EQ(nanoseconds(3, 2), 2'000'000);
    EXPECT_EQ(nanoseconds(9, 2), 2);
    EXPECT_EQ(nanoseconds(12, 2'999), 2);
    EXPECT_EQ(nanoseconds(28, most), 1);
    EXPECT_EQ(nanoseconds(29, most), 0);
    EXPECT_EQ(nanoseconds(127, most), 0);
}

TEST(TimeScale, PowersOfTwo) {
    EXPECT_EQ(nanoseconds(0x80, 2), 2'000'000'000);
    EXPECT_EQ(nanoseconds(0x80 | 1, 3), 1'500'000'000);
    EXPECT_EQ(nanoseconds(0x80 | 32, (std::uint64_t{7} << 32) + (std::uint64_t{1} << 31)),
              7'500'000'000);
    EXPECT_EQ(nanoseconds(0x80 | 64, most), 999'999'999);
    EXPECT_EQ(nanoseconds(0x80 | 127, most), 0);
}

TEST(TimeScale, AddsTheOffsetInSeconds) {
    EXPECT_EQ(nanoseconds(6, 1, 5), 5'000'001'000);
    EXPECT_EQ(nanoseconds(6, 1, -5), -4'999'999'000);
}

TEST(TimeScale, SaturatesAtTheEndsOfTime) {
    constexpr auto latest = std::numeric_limits<std::int64_t>::max();
    constexpr auto earliest = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(nanoseconds(0, most), latest);
    EXPECT_EQ(nanoseconds(0x80, most), latest);
    EXPECT_EQ(nanoseconds(0, most, latest), latest);
    EXPECT_EQ(nanoseconds(9, most, earliest), earliest);
}

TEST(TimeScale, AnOffsetBringsALargeNumberBackIntoRange) {
    // 2^63 s are beyond Timestamp alone.
    EXPECT_EQ(nanoseconds(0, std::uint64_t{1} << 62, -(std::int64_t{1} << 62)), 0);
}

}  // namespace
}  // namespace tcpwhy::source
