#include "tcpwhy/address.h"

#include <gtest/gtest.h>

namespace tcpwhy {

TEST(IpAddress, ReadsAndPrintsBothFamilies) {
    for (const char* text :
         {"192.0.2.1", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::1", "::"}) {
        const auto address = IpAddress::parse(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->to_string(), text);
    }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
    for (const char* text :
         {"", "host", "1.2.3", "1.2.3.4.5", "1.2.3.4:80", "[::1]", "fe80::1%eth0"}) {
        EXPECT_FALSE(IpAddress::parse(text)) << text;
    }
}

TEST(IpAddress, KnowsItsFamilyAndKind) {
    EXPECT_TRUE(IpAddress::from_v4(0x7f000001U).is_v4());
    EXPECT_TRUE(IpAddress::from_v4(0x7f000001U).is_loopback());
    EXPECT_TRUE(IpAddress::parse("::1")->is_loopback());
    EXPECT_FALSE(IpAddress::parse("::2")->is_loopback());
    EXPECT_TRUE(IpAddress{}.is_unspecified());
    EXPECT_TRUE(IpAddress::from_v4(0U).is_unspecified());
    EXPECT_TRUE(IpAddress::parse("ff02::1")->is_multicast());
    EXPECT_TRUE(IpAddress::parse("224.0.0.1")->is_multicast());
    EXPECT_FALSE(IpAddress::parse("10.0.0.1")->is_multicast());
}

TEST(SocketAddress, PrintsIpv6InBrackets) {
    EXPECT_EQ((SocketAddress{*IpAddress::parse("::1"), 80}.to_string()), "[::1]:80");
    EXPECT_EQ((SocketAddress{*IpAddress::parse("10.0.0.1"), 80}.to_string()), "10.0.0.1:80");
}

}  // namespace tcpwhy
