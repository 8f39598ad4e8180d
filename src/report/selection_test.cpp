#include "report/selection.h"

#include <gtest/gtest.h>

#include "report/judged_fixture.h"

namespace tcpwhy {
namespace {

bool range_holds(std::string_view range, std::string_view address) {
    return AddressRange::parse(range)->contains(*IpAddress::parse(address));
}

TEST(AddressRange, HoldsTheAddressesWithItsPrefix) {
    EXPECT_TRUE(range_holds("192.0.2.0/24", "192.0.2.255"));
    EXPECT_FALSE(range_holds("192.0.2.0/24", "192.0.3.0"));
    EXPECT_TRUE(range_holds("192.0.2.128/25", "192.0.2.129"));
    EXPECT_FALSE(range_holds("192.0.2.128/25", "192.0.2.127"));
    EXPECT_TRUE(range_holds("2001:db8::/29", "2001:dbf::1"));
    EXPECT_FALSE(range_holds("2001:db8::/32", "2001:db9::1"));
    EXPECT_TRUE(range_holds("192.0.2.1", "192.0.2.1"));
    EXPECT_FALSE(range_holds("192.0.2.1", "192.0.2.2"));
    EXPECT_TRUE(range_holds("0.0.0.0/0", "255.255.255.255"));
    EXPECT_FALSE(range_holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(range_holds("::/0", "192.0.2.1"));
}

TEST(AddressRange, RefusesWhatIsNone) {
    for (const char* text : {"", "example.org", "192.0.2.1/33", "192.0.2.1/", "192.0.2.1/-1",
                             "192.0.2.1/8x", "::/129", "/8"}) {
        EXPECT_FALSE(AddressRange::parse(text)) << text;
    }
}

TEST(Selection, AsksForEverythingByDefault) {
    EXPECT_FALSE(Selection{}.narrows());
    EXPECT_TRUE(Selection{}.matches(HandMade("closed-normally").judged()));
}

TEST(Selection, FailedLeavesOutWhatIsFineOrOpen) {
    Selection failed;
    failed.failed = true;
    EXPECT_TRUE(failed.matches(HandMade("no-listener").judged()));
    EXPECT_FALSE(failed.matches(HandMade("closed-normally").judged()));
    EXPECT_FALSE(failed.matches(HandMade("still-open").judged()));
}

TEST(Selection, OfOneListAnyEntryOfDifferentListsAllMustMatch) {
    Selection selection;
    selection.causes = {"no-answer", "no-listener"};
    selection.ports = {80};
    EXPECT_TRUE(selection.matches(HandMade("no-listener").judged()));
    EXPECT_FALSE(selection.matches(HandMade("no-listener", "192.0.2.1", 81).judged()));
    selection.ports = {51514};  // the client's
    EXPECT_TRUE(selection.matches(HandMade("no-listener").judged()));
    selection.hosts = {*AddressRange::parse("203.0.113.0/24")};
    EXPECT_FALSE(selection.matches(HandMade("no-listener").judged()));
}

TEST(Selection, AGroupIsKnownByItsServerAndItsExamples) {
    VerdictGroup group;
    group.server = {*IpAddress::parse("192.0.2.1"), 80};
    group.examples = {{*IpAddress::parse("203.0.113.5"), 1024}};
    group.cause = "syn-flood";
    Selection selection;
    selection.hosts = {*AddressRange::parse("203.0.113.0/24")};
    EXPECT_TRUE(selection.matches(group));
    selection.causes = {"no-answer"};
    EXPECT_FALSE(selection.matches(group));
}

}  // namespace
}  // namespace tcpwhy
