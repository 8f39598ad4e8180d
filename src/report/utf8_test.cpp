#include "report/utf8.h"

#include <gtest/gtest.h>

namespace tcpwhy {
namespace {

TEST(Utf8, WellFormedTextStaysAsItIs) {
    EXPECT_EQ(well_formed_utf8("a é € 😀"), "a é € 😀");
}

TEST(Utf8, EachStrayByteIsReplaced) {
    EXPECT_EQ(well_formed_utf8("a\x80z"), "a\xef\xbf\xbdz");
    EXPECT_EQ(well_formed_utf8("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Utf8, OverlongFormsAndSurrogatesAreNotWellFormed) {
    const std::string two = "\xef\xbf\xbd\xef\xbf\xbd";
    EXPECT_EQ(well_formed_utf8("\xc0\xaf"), two);
    EXPECT_EQ(well_formed_utf8("\xe0\x80\x80"), two + "\xef\xbf\xbd");
    EXPECT_EQ(well_formed_utf8("\xed\xa0\x80"), two + "\xef\xbf\xbd");
    EXPECT_EQ(well_formed_utf8("\xf5\x80"), two);
}

}  // namespace
}  // namespace tcpwhy
