#include "report/page.h"

#include <gtest/gtest.h>

namespace tcpwhy {
namespace {

TEST(Page, WrapsBetweenWords) {
    std::string out;
    Page(false, 40).paragraph(out, 2, "The quick brown fox jumps over the lazy dog and goes on.");
    EXPECT_EQ(out, "  The quick brown fox jumps over the\n  lazy dog and goes on.\n");
}

TEST(Page, AWordLongerThanTheLineStaysWhole) {
    const std::string word(60, 'x');
    std::string out;
    Page(false, 40).paragraph(out, 0, "a " + word + " b");
    EXPECT_EQ(out, "a\n" + word + "\nb\n");
}

TEST(Page, TextHangsBesideItsLabel) {
    std::string out;
    Page(false, 40).labelled(out, 2, "Do:", Style::bold, 5,
                             "Start the service, or connect elsewhere.");
    EXPECT_EQ(out, "  Do:  Start the service, or connect\n       elsewhere.\n");
}

TEST(Page, ColourIsOnlyThereWhenWanted) {
    EXPECT_EQ(Page(false, 80).painted(Style::bad, "x"), "x");
    EXPECT_EQ(Page(true, 80).painted(Style::bad, "x"), "\x1b[31mx\x1b[0m");
    EXPECT_EQ(Page(true, 80).painted(Style::plain, "x"), "x");
}

TEST(Page, CountsCodePointsNotBytes) {
    EXPECT_EQ(Page::columns("540 µs"), 6U);
}

}  // namespace
}  // namespace tcpwhy
