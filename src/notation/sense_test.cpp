#include "notation/sense.h"

#include <gmock/gmock.h>

namespace tcpwhy {

using testing::HasSubstr;

/// What is wrong with the last of these lines (or the first that is wrong).
static std::string problem_of(const std::vector<std::string>& lines) {
    SenseCheck sense;
    for (const auto& text : lines) {
        const auto line = parse_notation(text);
        EXPECT_TRUE(line) << text;
        if (!line) return "not read";
        if (const auto problem = sense.check(*line)) return *problem;
    }
    return "none";
}
static std::string after_handshake(const std::vector<std::string>& more) {
    std::vector<std::string> lines{"0 client > server S 0", "0.01 server > client S. 0 ack 1",
                                   "0.011 client > server . 1 ack 1"};
    lines.insert(lines.end(), more.begin(), more.end());
    return problem_of(lines);
}

TEST(Sense, RefusesAcknowledgementsOfWhatWasNotSent) {
    EXPECT_THAT(after_handshake({"1 server > client . 1 ack 2"}), HasSubstr("not sent"));
    EXPECT_THAT(after_handshake({"1 client > server . 1 ack 1 <sack 1:5>"}), HasSubstr("SACKs"));
    EXPECT_EQ(
        after_handshake({"1 client > server P. 1:11(10) ack 1", "1 server > client . 1 ack 11"}),
        "none");
}

TEST(Sense, RefusesHolesAndBytesAfterTheEnd) {
    EXPECT_THAT(after_handshake({"1 client > server . 5 ack 1"}), HasSubstr("left out"));
    EXPECT_THAT(
        after_handshake({"1 client > server F. 1 ack 1", "1 client > server P. 2:3(1) ack 1"}),
        HasSubstr("after the sender's FIN"));
}

TEST(Sense, WantsASynFirst) {
    EXPECT_THAT(problem_of({"0 client > server . 1 ack 1"}), HasSubstr("begin with a SYN"));
    EXPECT_THAT(after_handshake({"1 client > server S 7"}), HasSubstr("without [new]"));
    EXPECT_THAT(problem_of({"0 client > server S 0 [new]"}), HasSubstr("no connection"));
    EXPECT_EQ(after_handshake({"1 client > server S 0"}), "none");
}

TEST(Sense, LetsAClosedPortAnswerWithZero) {
    EXPECT_EQ(problem_of({"0 client > server S 0", "0 server > client R. 0 ack 1"}), "none");
}

TEST(Sense, CountsTheOldConnectionByItself) {
    EXPECT_EQ(after_handshake({"1 client > server S 0 [new]", "1 server > client . 1 ack 1 [old]",
                               "1 server > client S. 0 ack 1"}),
              "none");
    EXPECT_THAT(after_handshake({"1 server > client . 1 ack 1 [old]"}), HasSubstr("no [new]"));
}

TEST(Sense, WantsTheQuotedSegmentToHaveBeenSent) {
    EXPECT_THAT(after_handshake({"1 router > client icmp host-unreachable client > server S 9"}),
                HasSubstr("was not sent"));
    EXPECT_EQ(after_handshake({"1 router > client icmp host-unreachable client > server S 0"}),
              "none");
}

TEST(Sense, TimeDoesNotGoBack) {
    EXPECT_THAT(after_handshake({"0.001 client > server . 1 ack 1"}), HasSubstr("time goes back"));
}

TEST(Sense, BelievesWhatIsOddOnPurpose) {
    EXPECT_EQ(after_handshake({"0.001 server > client . 5 ack 2 (odd)"}), "none");
    EXPECT_EQ(problem_of({"0 client > server . 1 ack 1 (odd)"}), "none");
}

TEST(Sense, MarksAChoiceOfPacketsSoThatItCanBeRead) {
    std::vector<NotationLine> lines;
    for (const auto* text :
         {"0 client > server P. 1:11(10) ack 1", "1 server > client . 1 ack 11",
          "2 client > server P. 91:101(10) ack 1", "3 server > client . 1 ack 101"}) {
        lines.push_back(*parse_notation(text));
    }
    mark_odd(lines);
    EXPECT_TRUE(lines[0].odd);
    EXPECT_FALSE(lines[1].odd);
    EXPECT_TRUE(lines[2].odd);
    EXPECT_FALSE(lines[3].odd);
    SenseCheck sense;
    for (const auto& line : lines) EXPECT_EQ(sense.check(line), std::nullopt);
}

}  // namespace tcpwhy
