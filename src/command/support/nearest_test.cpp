#include <gtest/gtest.h>

#include <array>

#include "command/command.h"

namespace tcpwhy::command {
namespace {

constexpr std::array<std::string_view, 4> causes{"no-listener", "no-answer", "closed-normally",
                                                 "rejected-by-firewall"};

TEST(Nearest, FindsAWordWithASlipInIt) {
    EXPECT_EQ(nearest("no-listner", causes), "no-listener");
    EXPECT_EQ(nearest("no-anwser", causes), "no-answer");
    EXPECT_EQ(nearest("no-listener", causes), "no-listener");
}

TEST(Nearest, FindsAWordThatHoldsWhatWasGiven) {
    EXPECT_EQ(nearest("firewall", causes), "rejected-by-firewall");
}

TEST(Nearest, GuessesNothingForAnotherWord) {
    EXPECT_EQ(nearest("banana", causes), "");
    EXPECT_EQ(nearest("", causes), "");
    EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace tcpwhy::command
