#include "base/text.h"

#include <gtest/gtest.h>

namespace tcpwhy {

using namespace std::chrono_literals;

TEST(FormatDuration, ChoosesAUnitThatAPersonReads) {
    EXPECT_EQ(format_duration(540us), "540 µs");
    EXPECT_EQ(format_duration(1020ms), "1.02 s");
    EXPECT_EQ(format_duration(131s), "2 min 11 s");
    EXPECT_EQ(format_duration(11100s), "3 h 5 min");
    EXPECT_EQ(format_duration(-20ms), "-20 ms");
    EXPECT_EQ(format_duration(0ns), "0 ns");
}

TEST(FormatEpoch, KeepsNanosecondsAndCutsTrailingZeros) {
    EXPECT_EQ(format_epoch(Timestamp(1700000000500000000ns)), "1700000000.5");
    EXPECT_EQ(format_epoch(Timestamp(1700000000123456789ns)), "1700000000.123456789");
    EXPECT_EQ(format_epoch(Timestamp(0ns)), "0.0");
    EXPECT_EQ(format_epoch(Timestamp(-1ns)), "-1.999999999");
}

TEST(FormatUtc, PrintsMicroseconds) {
    EXPECT_EQ(format_utc(Timestamp(1700000000500000000ns)), "2023-11-14 22:13:20.500000 UTC");
}

TEST(FormatCount, GroupsThousands) {
    EXPECT_EQ(format_count(0), "0");
    EXPECT_EQ(format_count(999), "999");
    EXPECT_EQ(format_count(1234567), "1,234,567");
    EXPECT_EQ(count_of(1, "connection"), "1 connection");
    EXPECT_EQ(count_of(1200, "connection"), "1,200 connections");
    EXPECT_EQ(count_of(0, "reply", "replies"), "0 replies");
}

TEST(Printable, LetsNoControlCharacterThrough) {
    EXPECT_EQ(printable("a\x1b[31mb\n\xff"), "a?[31mb??");
}

}  // namespace tcpwhy
