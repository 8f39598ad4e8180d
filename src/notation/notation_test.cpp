#include "notation/notation.h"

#include <gmock/gmock.h>

namespace tcpwhy {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What becomes of a line that is read and printed.
static std::string again(std::string_view text) {
    const auto line = parse_notation(text);
    return line ? print(*line) : line.error().what;
}
static std::string error_of(std::string_view text) {
    const auto line = parse_notation(text);
    return line ? "none" : line.error().what;
}

class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, PrintsWhatItReads) {
    EXPECT_EQ(again(GetParam()), GetParam());
    EXPECT_EQ(parse_notation(GetParam()).value(), parse_notation(again(GetParam())).value());
}

INSTANTIATE_TEST_SUITE_P(
    Notation, RoundTrip,
    testing::Values("    0.000  client > server    S    0:0(0)                    win 64240"
                    "  <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>",
                    "    0.010  server > client    R.   0:0(0)         ack 1      win 0",
                    "    0.020  client > server:8080  S    0:0(0)                     [ttl 57]",
                    "    3.050  router > client    icmp host-unreachable  client > server S 0",
                    "    3.050  router > client    icmp too-big 1400  client > server:80 P. 1  "
                    "[quote 8, quoted ttl 60]",
                    "    3.050  router > client    icmp 3/4  client > server S 0",
                    "    3.050  router > client    icmp v6 1/2  client > server S 0",
                    "    0.000  client arp who-has server",
                    "    0.000  server arp reply client  [vlan 5]",
                    "    1.000  server > client    echo reply",
                    "    1.000  client > server    echo request  [copy]",
                    "    1.000  server > client    udp  (odd)",
                    "   +0.010  client > server    FP.  1:101(100)     ack 4294967295  <>  (odd)",
                    "-1.000000001  client > server    none 4294967295:1(2)",
                    "86400.123456789  a.b_c-d:0 > e2     SRUEWe 7:7(0)                     [ttl 0, "
                    "id 1, tos 0x08, "
                    "nodf, flow 0xabcde]",
                    "    1.000  client > server    .    1:1(0)         ack 1       <nop,nop,sack "
                    "1:2 3:4 5:6 7:8,eol>",
                    "    1.000  client > server    S    0:0(0)                     <TS,FO,FO "
                    "cookie,md5,ao,mptcp capable,"
                    "mptcp join,mptcp rst 3,kind 253>",
                    "    1.000  client > server    S    0:0(0)                     [urg 1, "
                    "interface 2, cut 40, raw "
                    "seq 5, raw ack 6, new isn -5,"
                    " old, bad checksum]",
                    "    1.000  client > server    S    0:0(0)                     [df, new]"));

TEST(Notation, ReadsShortFormsAndComments) {
    EXPECT_EQ(again("5 client:1>server F. 101 ack 1 # bye"),
              "    5.000  client:1 > server  F.   101:101(0)     ack 1");
}

TEST(Notation, TakesFlagsInAnyOrder) {
    EXPECT_EQ(parse_notation("0 a > b .PF 1 ack 1").value(),
              parse_notation("0 a > b FP. 1 ack 1").value());
}

TEST(Notation, RefusesWhatContradictsItself) {
    EXPECT_THAT(error_of("0 a > b . 1:101(99) ack 1"), HasSubstr("column 11: LAST is not FIRST"));
    EXPECT_THAT(error_of("0 a > b S 0 ack 1"), HasSubstr("without '.'"));
    EXPECT_THAT(error_of("0 a > b . 1"), HasSubstr("expected ack"));
    EXPECT_THAT(error_of("0 a > b SS 0"), HasSubstr("TCP flags"));
    EXPECT_THAT(error_of("0 a:1 arp who-has b"), HasSubstr("without ports"));
}

TEST(Notation, SaysWhereItStumbled) {
    EXPECT_EQ(error_of(""), "column 1: expected a time in seconds, found the end of the line");
    EXPECT_THAT(error_of("0 a > b . 1 ack 1 windows 5"), HasSubstr("column 19: expected [FIELDS]"));
    EXPECT_THAT(error_of("0 a > b . 1 ack 1 [hops 5]"), HasSubstr("column 20"));
    EXPECT_THAT(error_of("0 a > b . 1 ack 1 [ttl 256]"), HasSubstr("column 20"));
    EXPECT_THAT(error_of("0 a > b . 1 ack 1 <sack 1:2 3:4 5:6 7:8 9:10>"), HasSubstr("four"));
    EXPECT_THAT(error_of("0 a > b icmp oops a > b S 0"), HasSubstr("name of an ICMP error"));
}

TEST(Notation, TimesHaveNineDecimalsAtMost) {
    EXPECT_EQ(parse_notation_time("0.000000001"), 1ns);
    EXPECT_EQ(parse_notation_time("0.0000000001"), std::nullopt);
    EXPECT_EQ(parse_notation_time("1000000001"), std::nullopt);
    EXPECT_EQ(parse_notation_time("1."), std::nullopt);
    EXPECT_EQ(print_notation_time(1500ms), "1.500");
    EXPECT_EQ(print_notation_time(-1ns), "-0.000000001");
    EXPECT_EQ(print_notation_time(Duration::min()), "-9223372036.854775808");
}

TEST(Notation, NamesIcmpErrorsInBothFamilies) {
    EXPECT_EQ(notation_icmp(false, 3, 1).name, "host-unreachable");
    EXPECT_EQ(notation_icmp(true, 1, 3).name, "host-unreachable");
    EXPECT_EQ(notation_icmp(false, 3, 13).name, "admin-prohibited");
    EXPECT_EQ(notation_icmp(true, 1, 6).name, "route-rejected");
    const auto redirect = notation_icmp(false, 5, 1);
    EXPECT_EQ(redirect.family, NotationIcmp::Family::v4);
    EXPECT_EQ(icmp_numbers(redirect, true), std::nullopt);
    EXPECT_EQ(icmp_numbers(redirect, false)->type, 5);
}

}  // namespace tcpwhy
