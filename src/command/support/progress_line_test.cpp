#include "command/support/progress_line.h"

#include <gtest/gtest.h>

namespace tcpwhy::command {
namespace {

TEST(ByteSize, HasTwoOrThreeDigits) {
    EXPECT_EQ(byte_size(0), "0 B");
    EXPECT_EQ(byte_size(999), "999 B");
    EXPECT_EQ(byte_size(1000), "1.0 kB");
    EXPECT_EQ(byte_size(12'345'678), "12 MB");
    EXPECT_EQ(byte_size(999'999'999), "1.0 GB");
    EXPECT_EQ(byte_size(4'200'000'000'000), "4.2 TB");
}

}  // namespace
}  // namespace tcpwhy::command
