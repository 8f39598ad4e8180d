#include "support/conversation.h"

#include <gmock/gmock.h>

namespace tcpwhy::test {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// The only conversation of a text that begins with its packets.
static Conversation one(std::string_view packets) {
    auto all = parse_conversations("test", "conversation: test\n" + std::string(packets));
    EXPECT_TRUE(all) << (all ? "" : all.error().what);
    return all ? all->front() : Conversation{};
}
static std::string error_of(std::string_view packets) {
    const auto all = parse_conversations("test", "conversation: test\n" + std::string(packets));
    return all ? "none" : all.error().what;
}
static std::vector<std::string> parties(const Conversation& conversation) {
    std::vector<std::string> names;
    for (const auto& [line, packet] : conversation.packets) {
        names.push_back(print(packet.from) + ">" + print(packet.to));
    }
    return names;
}

TEST(ConversationFile, GivesPortsToThoseWithoutOne) {
    EXPECT_THAT(parties(one(R"(
        0 client > server S 0
        0 server > client R. 0 ack 1
        0 client > server:8080 S 0
        0 client > other S 0)")),
                ElementsAre("client:40001>server:80", "server:80>client:40001",
                            "client:40002>server:8080", "client:40003>other:40001"));
}

TEST(ConversationFile, CountsTimesFromTheLineBefore) {
    const auto conversation = one("1.5 client > server S 0\n+0.25 client > server S 0");
    EXPECT_EQ(conversation.packets[1].packet.at, 1750ms);
}

TEST(ConversationFile, RepeatsAtTimes) {
    const auto conversation = one("0 client > server S 0\nagain at 1.000 3.000");
    ASSERT_EQ(conversation.packets.size(), 3U);
    EXPECT_EQ(conversation.packets[2].packet.at, 3s);
}

TEST(ConversationFile, RepeatsSeveralPacketsFromNewPorts) {
    EXPECT_THAT(
        parties(one(R"(
        0 client > server S 0
        0 server > client R. 0 ack 1
        again the last 2 2 times every 1.0 from new ports)")),
        ElementsAre("client:40001>server:80", "server:80>client:40001", "client:40002>server:80",
                    "server:80>client:40002", "client:40003>server:80", "server:80>client:40003"));
}

TEST(ConversationFile, RepeatsFromNewHostsAndToNewPorts) {
    EXPECT_THAT(
        parties(one("0 crowd > server S 0\nagain 2 times every 0.1 from new hosts")),
        ElementsAre("crowd:40001>server:80", "crowd.2:40001>server:80", "crowd.3:40001>server:80"));
    EXPECT_THAT(parties(one("0 client > server:1 S 0\nagain 1 times every 0.1 to new ports")),
                ElementsAre("client:40001>server:1", "client:40001>server:40001"));
}

TEST(ConversationFile, ReadsVerdictsAndTheirChecks) {
    const auto conversation = one(R"(
        0 client > server S 0
        0 client > server:8080 S 0
        end 120
        verdict: timeout no-answer certain by unknown   # by nobody
            also possible: dropped-by-firewall, syn-flood
            conn_state: S0
            states: SYN_SENT UNKNOWN
            bytes: 0 0
            notes: syn-retransmitted
            evidence: 1
        verdict client > server:8080 [1]: none)");
    ASSERT_EQ(conversation.verdicts.size(), 2U);
    const ExpectedVerdict& first = conversation.verdicts[0];
    EXPECT_EQ(first.cause, "no-answer");
    EXPECT_THAT(first.alternatives, ElementsAre("dropped-by-firewall", "syn-flood"));
    EXPECT_EQ(first.conn_state, "S0");
    EXPECT_EQ(first.last_line - first.line, 6U);
    EXPECT_THAT(first.evidence, ElementsAre(1U));
    EXPECT_EQ(conversation.verdicts[1].server->port, 8080);
    EXPECT_EQ(conversation.verdicts[1].which, 1U);
    EXPECT_TRUE(conversation.verdicts[1].none);
    EXPECT_EQ(conversation.end, 120s);
}

TEST(ConversationFile, LeavesVariationsOutForAReason) {
    const auto conversation =
        one("variations: no-ipv6 (ids exist in IPv4 only), no-cut (options matter)\n"
            "0 client > server S 0");
    EXPECT_THAT(conversation.left_out, ElementsAre("ipv6", "cut"));
    EXPECT_THAT(error_of("variations: no-ipv6"), HasSubstr("reason"));
    EXPECT_THAT(error_of("variations: no-ipv5 (old)"), HasSubstr("unknown variation"));
}

TEST(ConversationFile, RefusesUnknownWordsWithTheirPlace) {
    EXPECT_EQ(error_of("\nverdikt: oops"), "test:3: unknown word: verdikt");
    EXPECT_THAT(error_of("0 client > server S 0\nverdict: none\nhistori: S"), HasSubstr("test:4"));
    EXPECT_THAT(error_of("0 client > server S 0\nverdict: refused"), HasSubstr("expected OUTCOME"));
    EXPECT_THAT(error_of("link: token-ring"), HasSubstr("unknown link"));
    EXPECT_THAT(error_of(""), HasSubstr("without packets"));
    EXPECT_THAT(error_of("again at 1"), HasSubstr("nothing above"));
}

TEST(ConversationFile, RefusesNonsenseWithItsPlace) {
    EXPECT_EQ(error_of("0 client > server . 1 ack 1"),
              "test:2: the connection does not begin with a SYN");
    EXPECT_EQ(error_of("0 client > server S 0\nagain at 1.0 0.5"), "test:3: the time goes back");
}

}  // namespace tcpwhy::test
