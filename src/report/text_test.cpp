#include "report/text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "report/judged_fixture.h"
#include "report/text_words.h"

namespace tcpwhy {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string page_of(const std::vector<HandMade>& connections, const TextOptions& options = {}) {
    Captured captured;
    const auto report = make_text_report(captured.output(), options);
    report->begin("capture.pcap");
    for (const HandMade& connection : connections) report->connection(connection.judged());
    CaptureSummary summary;
    summary.packets = 2 * connections.size();
    summary.connections = connections.size();
    summary.capture.format = "pcap";
    report->end(summary);
    report->finish();
    return captured.text();
}

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Text, TheMostFrequentFailureComesFirst) {
    const HandMade once("no-answer", "192.0.2.7");
    const HandMade often("no-listener");
    const std::string page = page_of({once, often, often});
    EXPECT_THAT(page, StartsWith("capture.pcap: 3 connections, 3 failed\n"));
    EXPECT_LT(page.find("no-listener  192.0.2.1:80"), page.find("no-answer  192.0.2.7:80"));
    EXPECT_THAT(page,
                HasSubstr("2 times from 192.0.2.9 within 540 µs, refused by the server; likely"));
}

TEST(Text, WhatDidNotFailIsOneLine) {
    const std::string page = page_of({HandMade("closed-normally"), HandMade("still-open")});
    EXPECT_THAT(page, StartsWith("capture.pcap: 2 connections, none failed\n"));
    EXPECT_THAT(page, HasSubstr("1 closed normally, 1 still open when the capture ended."));
}

TEST(Text, ThousandsOfServersGiveAPage) {
    std::vector<HandMade> many;
    for (int i = 0; i < 5000; ++i) {
        many.emplace_back("no-answer", fmt::format("10.0.{}.{}", i / 250, i % 250));
    }
    const std::string page = page_of(many);
    EXPECT_LT(lines_in(page), 100U);
    EXPECT_THAT(page, AllOf(HasSubstr("5,000 × no-answer  10.0.0.0:80 (1), 10.0.0.1:80 (1), "),
                            HasSubstr("and 4,997")));
}

TEST(Text, ManyPortsOfOneHostAreOneGroup) {
    std::vector<HandMade> scan;
    for (std::uint16_t port = 20; port < 30; ++port) {
        scan.emplace_back("no-listener", "192.0.2.1", port);
    }
    EXPECT_THAT(page_of(scan), HasSubstr("no-listener  192.0.2.1, 10 ports (20-29)"));
}

TEST(Text, VerboseListsFailedConnectionsOnly) {
    const std::vector<HandMade> two{HandMade("closed-normally"), HandMade("no-listener")};
    EXPECT_THAT(page_of(two), Not(HasSubstr("192.0.2.9:51514 > 192.0.2.1:80")));
    const std::string verbose = page_of(two, {.verbosity = 1});
    EXPECT_THAT(verbose, AllOf(HasSubstr("192.0.2.9:51514 > 192.0.2.1:80  no-listener"),
                               Not(HasSubstr("192.0.2.1:80  closed-normally"))));
    EXPECT_THAT(page_of(two, {.selected = true}), HasSubstr("192.0.2.1:80  closed-normally"));
}

TEST(Text, AFoldedFloodIsCountedAmongTheFailures) {
    Captured captured;
    const auto report = make_text_report(captured.output(), {});
    report->begin("flood.pcap");
    VerdictGroup group;
    group.server = {*IpAddress::parse("192.0.2.1"), 443};
    group.cause = "syn-flood";
    group.count = 123456;
    group.summary = "A flood of half-open handshakes.";
    report->group(group);
    CaptureSummary summary;
    summary.packets = 123456;
    summary.folded = 123456;
    report->end(summary);
    EXPECT_THAT(captured.text(), AllOf(HasSubstr("123,456 connections, 123,456 failed"),
                                       HasSubstr("A flood of half-open handshakes.")));
}

TEST(Text, AnEmptyCaptureSaysSo) {
    EXPECT_EQ(page_of({}), "capture.pcap: no packets\n");
}

TEST(PortList, JoinsNeighboursAndEndsAfterSix) {
    const std::vector<std::uint16_t> some{22, 80, 81, 82, 443, 444};
    EXPECT_EQ(port_list(some), "22, 80-82, 443, 444");
    const std::vector<std::uint16_t> many{1, 3, 5, 7, 9, 11, 13, 15};
    EXPECT_EQ(port_list(many), "1, 3, 5, 7, 9, 11 and 2 more");
}

TEST(Fate, SaysWhoDidIt) {
    EXPECT_EQ(fate(Outcome::reset, By::client), "reset by the client");
    EXPECT_EQ(fate(Outcome::timeout, By::network), "timed out in the network");
    EXPECT_EQ(fate(Outcome::timeout, By::unknown), "timed out");
}

}  // namespace
}  // namespace tcpwhy
