#include "base/seq.h"

#include <gtest/gtest.h>

namespace tcpwhy {

TEST(Seq, ComparesAcrossTheWrap) {
    const Seq before(0xffffff00U);
    const Seq after(0x00000010U);
    EXPECT_TRUE(before.is_before(after));
    EXPECT_TRUE(after.is_after(before));
    EXPECT_FALSE(after.is_before(before));
    EXPECT_EQ(before.distance_to(after), 0x110);
    EXPECT_EQ(after.distance_to(before), -0x110);
    EXPECT_EQ(before.plus(0x110), after);
    EXPECT_EQ(after.minus(0x110), before);
    EXPECT_EQ(after.offset_from(before), 0x110U);
}

TEST(Seq, WindowHoldsItsFirstNumberAndNotTheOneBeyond) {
    const Seq start(0xfffffff0U);
    EXPECT_TRUE(start.in_window(start, 1));
    EXPECT_FALSE(start.in_window(start, 0));
    EXPECT_TRUE(Seq(0x0fU).in_window(start, 0x20));
    EXPECT_FALSE(Seq(0x10U).in_window(start, 0x20));
    EXPECT_FALSE(Seq(0xffffffefU).in_window(start, 0x20));
}

TEST(Seq, EqualNumbersAreNeitherBeforeNorAfter) {
    EXPECT_FALSE(Seq(5).is_before(Seq(5)));
    EXPECT_FALSE(Seq(5).is_after(Seq(5)));
    EXPECT_TRUE(Seq(5).is_at_or_before(Seq(5)));
    EXPECT_TRUE(Seq(5).is_at_or_after(Seq(5)));
}

}  // namespace tcpwhy
