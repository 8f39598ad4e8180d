#include "report/json.h"

#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include "report/judged_fixture.h"

namespace tcpwhy {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string one_line(const HandMade& connection, const JsonOptions& options = {},
                     const std::string& vantage = "capture.pcap") {
    Captured captured;
    const auto report = make_json_report(captured.output(), options);
    report->begin(vantage);
    report->connection(connection.judged());
    report->finish();
    return captured.text();
}

TEST(Json, AConnectionIsOneLineInTheOrderOfTheContract) {
    const std::string line = one_line(HandMade("no-listener").with_syn());
    EXPECT_THAT(
        line,
        StartsWith(R"({"schema":"tcpwhy.connection/1","client":{"addr":"192.0.2.9","port":51514},)"
                   R"("server":{"addr":"192.0.2.1","port":80},"start":1700000000.123456789,)"
                   R"("end":1700000000.123996789,"outcome":"refused","cause":"no-listener",)"
                   R"("confidence":"likely","by":"server","summary":")"));
    EXPECT_THAT(
        line,
        HasSubstr(
            R"("evidence":[{"frame":1,"time":1700000000.123456789,"says":"client sends SYN seq=0"}],)"
            R"("alternatives":[],"advice":[)"));
    EXPECT_THAT(
        line,
        HasSubstr(
            R"("conn_state":"REJ","history":"Sr","client_state":"UNKNOWN","server_state":"UNKNOWN",)"
            R"("packets":{"client":0,"server":0},"bytes":{"client":0,"server":0},)"
            R"("vantage":"capture.pcap","notes":[]})"));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    EXPECT_THAT(line, EndsWith("}\n"));
}

TEST(Json, RoundTripTimeIsExactMillisecondsAndLeftOutWhereUnknown) {
    using namespace std::chrono_literals;
    HandMade connection("no-listener");
    EXPECT_THAT(one_line(connection), Not(HasSubstr("rtt_ms")));
    connection.evidence.rtt = 540us;
    EXPECT_THAT(one_line(connection), HasSubstr(R"("rtt_ms":0.54,)"));
    connection.evidence.rtt = 12'000'001ns;
    EXPECT_THAT(one_line(connection), HasSubstr(R"("rtt_ms":12.000001,)"));
    connection.evidence.rtt = 3ms;
    EXPECT_THAT(one_line(connection), HasSubstr(R"("rtt_ms":3,)"));
}

TEST(Json, HostileFileNamesStayValidJson) {
    const std::string line = one_line(HandMade("no-listener"), {}, "a\"\x1b[31m\xff\xc3\xa9.pcap");
    rapidjson::Document parsed;
    ASSERT_FALSE(parsed.Parse<rapidjson::kParseValidateEncodingFlag>(line.c_str()).HasParseError());
    EXPECT_STREQ(parsed["vantage"].GetString(), "a\"\x1b[31m\xef\xbf\xbd\xc3\xa9.pcap");
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
}

TEST(Json, AGroupHasItsCountItsTimesAndExamples) {
    using namespace std::chrono_literals;
    Captured captured;
    const auto report = make_json_report(captured.output());
    report->begin("flood.pcap");
    VerdictGroup group;
    group.server = {*IpAddress::parse("2001:db8::1"), 443};
    group.cause = "syn-flood";
    group.count = 123456;
    group.first = Timestamp{1s};
    group.last = Timestamp{2500ms};
    group.examples = {{*IpAddress::parse("192.0.2.7"), 1024}};
    group.summary = "A flood.";
    report->group(group);
    report->finish();
    EXPECT_EQ(captured.text(),
              R"({"schema":"tcpwhy.group/1","server":{"addr":"2001:db8::1","port":443},)"
              R"("outcome":"timeout","cause":"syn-flood","confidence":"possible","count":123456,)"
              R"("first":1.0,"last":2.5,"examples":[{"addr":"192.0.2.7","port":1024}],)"
              R"("summary":"A flood.","vantage":"flood.pcap"})"
              "\n");
}

TEST(Json, TheSummaryObjectComesOnlyOnRequest) {
    for (const bool wanted : {false, true}) {
        Captured captured;
        const auto report = make_json_report(captured.output(), {.summary = wanted});
        report->begin("capture.pcap");
        CaptureSummary summary;
        summary.capture.warnings = {"cut off at byte 7"};
        report->end(summary);
        report->finish();
        if (!wanted) {
            EXPECT_EQ(captured.text(), "");
        } else {
            EXPECT_THAT(captured.text(), StartsWith(R"({"schema":"tcpwhy.summary/1",)"));
            EXPECT_THAT(captured.text(), HasSubstr(R"("warnings":["cut off at byte 7"])"));
        }
    }
}

TEST(Json, LadderAndExclusionsComeOnRequest) {
    const HandMade connection = HandMade("no-listener").with_syn();
    EXPECT_THAT(one_line(connection), Not(HasSubstr("excluded")));
    EXPECT_THAT(one_line(connection, {.ladder = true, .exclusions = true}),
                testing::AllOf(HasSubstr(R"("ladder":[)"), HasSubstr(R"("excluded":[{"cause":")")));
}

}  // namespace
}  // namespace tcpwhy
