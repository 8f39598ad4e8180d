#include "report/zeek.h"

#include <gmock/gmock.h>

#include <sstream>
#include <vector>

#include "report/judged_fixture.h"

namespace tcpwhy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string log_of(const std::vector<HandMade>& connections) {
    Captured captured;
    const auto report = make_zeek_report(captured.output());
    report->begin("capture.pcap");
    for (const HandMade& connection : connections) report->connection(connection.judged());
    CaptureSummary summary;
    for (const HandMade& connection : connections) {
        summary.first_packet = summary.last_packet = connection.evidence.start;
    }
    report->end(summary);
    report->finish();
    return captured.text();
}

std::vector<std::string> fields_of(const HandMade& connection) {
    std::istringstream log(log_of({connection}));
    std::vector<std::string> fields;
    for (std::string line; std::getline(log, line);) {
        if (line.front() == '#') continue;
        std::istringstream row(line);
        for (std::string field; std::getline(row, field, '\t');) fields.push_back(field);
    }
    return fields;
}

TEST(Zeek, HeaderAndFooterAreThoseOfConnLog) {
    EXPECT_EQ(log_of({}),
              "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
              "#path\tconn\n#open\t1970-01-01-00-00-00\n"
              "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\t"
              "duration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\t"
              "history\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\tcause\t"
              "confidence\n"
              "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\t"
              "string\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\tstring\t"
              "string\n"
              "#close\t1970-01-01-00-00-00\n");
}

TEST(Zeek, ARowHasTheCauseAtItsEnd) {
    HandMade connection("no-listener");
    connection.evidence.client.packets = 1;
    connection.evidence.client.ip_bytes = 60;
    const auto fields = fields_of(connection);
    ASSERT_EQ(fields.size(), 23U);
    EXPECT_EQ(fields[1].size(), 18U);
    EXPECT_EQ(fields[1].front(), 'C');
    EXPECT_THAT((std::vector<std::string>{fields[0], fields[2], fields[3], fields[4], fields[5]}),
                ElementsAre("1700000000.123456", "192.0.2.9", "51514", "192.0.2.1", "80"));
    EXPECT_THAT(std::vector<std::string>(fields.begin() + 6, fields.end()),
                ElementsAre("tcp", "-", "0.000540", "0", "0", "REJ", "-", "-", "0", "Sr", "1", "60",
                            "0", "0", "-", "no-listener", "likely"));
}

TEST(Zeek, WithoutADurationDurationAndBytesAreUnset) {
    HandMade connection("no-answer");
    connection.evidence.end = connection.evidence.start;
    const auto fields = fields_of(connection);
    EXPECT_THAT(std::vector<std::string>(fields.begin() + 8, fields.begin() + 11),
                ElementsAre("-", "-", "-"));
}

TEST(Zeek, OnceBothSidesHaveClosedNothingAddsToTheDuration) {
    using namespace std::chrono_literals;
    HandMade connection("closed-normally");
    Evidence& e = connection.evidence;
    e.end = e.start + 5s;
    e.client.fin.frame = 3;
    e.client.fin.from = Party::client;
    e.client.fin.time = e.start + 1s;
    EXPECT_EQ(fields_of(connection)[8], "5.000000");
    e.server.fin.frame = 4;
    e.server.fin.from = Party::server;
    e.server.fin.time = e.start + 2s;
    EXPECT_EQ(fields_of(connection)[8], "2.000000");
}

TEST(Zeek, UidsAreTheSameInEveryRunAndDifferBetweenConnections) {
    const HandMade one("no-listener");
    const HandMade other("no-listener", "192.0.2.1", 81);
    EXPECT_EQ(fields_of(one)[1], fields_of(one)[1]);
    EXPECT_NE(fields_of(one)[1], fields_of(other)[1]);
}

TEST(Zeek, AnUnansweredNeighborQuestionIsNoConnection) {
    HandMade question("neighbor-unresolved", "192.0.2.1", 0);
    question.evidence.neighbor_only = true;
    EXPECT_TRUE(fields_of(question).empty());
}

}  // namespace
}  // namespace tcpwhy
