#include "knowledge/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cause/cause.h"
#include "knowledge/describe_topics.h"
#include "knowledge/tcp_states.h"

namespace tcpwhy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found(std::string_view word) {
    std::vector<std::string> out;
    for (const Explanation* it : explain(word)) {
        out.push_back(std::string(to_string(it->topic)) + " " + std::string(it->name));
    }
    return out;
}

TEST(Explain, TakesAnErrnoInAllItsSpellings) {
    for (const char* word :
         {"ECONNRESET", "econnreset", "104", "errno 104", "errno=104", "ERRNO 104",
          "Connection reset by peer", " connection reset BY peer "}) {
        EXPECT_THAT(found(word), ElementsAre("errno ECONNRESET")) << word;
    }
    EXPECT_THAT(found("EWOULDBLOCK"), ElementsAre("errno EAGAIN"));
}

TEST(Explain, TakesLookupErrors) {
    EXPECT_THAT(found("EAI_NONAME"), ElementsAre("lookup-error EAI_NONAME"));
    EXPECT_THAT(found("-2"), ElementsAre("lookup-error EAI_NONAME"));
    EXPECT_THAT(found("Name or service not known"), ElementsAre("lookup-error EAI_NONAME"));
}

TEST(Explain, TakesStatesAsRfcSsNetstatAndKernelNameThem) {
    for (const char* word : {"CLOSE-WAIT", "close_wait", "CLOSE_WAIT", "TCP_CLOSE_WAIT"}) {
        EXPECT_THAT(found(word), ElementsAre("tcp-state CLOSE-WAIT")) << word;
    }
    EXPECT_THAT(found("ESTAB"), ElementsAre("tcp-state ESTABLISHED"));
    EXPECT_THAT(found("SYN-RECV"), ElementsAre("tcp-state SYN-RECEIVED"));
    EXPECT_THAT(found("SYN_RECV"), ElementsAre("tcp-state SYN-RECEIVED"));
    EXPECT_THAT(found("FIN_WAIT2"), ElementsAre("tcp-state FIN-WAIT-2"));
    EXPECT_THAT(found("FIN-WAIT-2"), ElementsAre("tcp-state FIN-WAIT-2"));
    EXPECT_THAT(found("unconn"), ElementsAre("tcp-state CLOSED"));
}

TEST(Explain, GivesAllMeaningsOfAWord) {
    EXPECT_THAT(found("NO_SOCKET"), ElementsAre("reset-reason NO_SOCKET", "drop-reason NO_SOCKET"));
    EXPECT_THAT(found("TCP_CLOSE"), ElementsAre("tcp-state CLOSED", "drop-reason TCP_CLOSE"));
}

TEST(Explain, APrefixNamesTheEnumeration) {
    EXPECT_THAT(found("SK_RST_REASON_NO_SOCKET"), ElementsAre("reset-reason NO_SOCKET"));
    EXPECT_THAT(found("SKB_DROP_REASON_NO_SOCKET"), ElementsAre("drop-reason NO_SOCKET"));
}

TEST(Explain, TakesEveryCauseByItsId) {
    for (const Cause* cause : catalogue()) {
        const auto all = explain(cause->id);
        ASSERT_EQ(all.size(), 1U) << cause->id;
        EXPECT_EQ(all.front()->meaning, cause->meaning);
    }
}

TEST(Explain, AnOutcomeNamesItsCauses) {
    const auto all = explain("refused");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_THAT(all.front()->causes, testing::Contains("no-listener"));
}

TEST(Explain, KnowsNothingOfOtherWords) {
    EXPECT_THAT(explain(""), IsEmpty());
    EXPECT_THAT(explain("no-such-word"), IsEmpty());
    EXPECT_THAT(explain("9999"), IsEmpty());
    EXPECT_THAT(explain("41"), IsEmpty());
    EXPECT_THAT(explain("errno "), IsEmpty());
}

TEST(NamesLike, PrefersBeginnings) {
    EXPECT_THAT(names_like("no-list"), ElementsAre("no-listener"));
    EXPECT_THAT(names_like("econnr"), ElementsAre("ECONNRESET", "ECONNREFUSED"));
    EXPECT_THAT(names_like("MTU-BLACK"), ElementsAre("path-mtu-blackhole"));
    EXPECT_THAT(names_like("xyzzy"), IsEmpty());
}

TEST(AllExplanations, AreWhole) {
    for (const Explanation& it : all_explanations()) {
        EXPECT_TRUE(it.meaning.ends_with('.')) << it.name;
        EXPECT_FALSE(explain(it.name).empty()) << it.name;
        for (const Part& part : it.parts) EXPECT_FALSE(part.text.empty()) << it.name;
    }
}

TEST(AllExplanations, NameOnlyCausesOfTheFrozenList) {
    for (const Explanation& it : all_explanations()) {
        for (const std::string_view id : it.causes) {
            EXPECT_NE(find_cause(id), nullptr) << it.name << " names " << id;
        }
    }
}

TEST(TcpStates, AreTheElevenOfTheRfc) {
    EXPECT_EQ(tcp_states().size(), 11U);
}

TEST(SplitAtCommas, GivesNothingForADash) {
    EXPECT_THAT(split_at_commas("-"), IsEmpty());
    EXPECT_THAT(split_at_commas("a,b"), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace tcpwhy
