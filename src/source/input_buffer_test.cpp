#include "source/input_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace tcpwhy::source {
namespace {

/// Bytes that count up, delivered in pieces of a fixed size, then the end or an error.
class Counting final : public ByteStream {
public:
    Counting(std::size_t total, std::size_t piece, bool fails = false)
        : left_(total), piece_(piece), fails_(fails) {}
    Result<std::size_t> read(std::span<std::uint8_t> room) override {
        largest_room = std::max(largest_room, room.size());
        if (left_ == 0 && fails_) return fail(ErrorKind::io, "broken");
        const std::size_t count = std::min({left_, piece_, room.size()});
        for (std::size_t at = 0; at < count; ++at) room[at] = next_++;
        left_ -= count;
        return count;
    }
    std::size_t largest_room = 0;

private:
    std::size_t left_;
    std::size_t piece_;
    bool fails_;
    std::uint8_t next_ = 0;
};

InputBuffer counting(std::size_t total, std::size_t piece, bool fails = false) {
    return InputBuffer(std::make_unique<Counting>(total, piece, fails));
}

TEST(InputBuffer, DeliversEveryByteOnceInOrder) {
    constexpr std::size_t total = 5'000'000;
    InputBuffer buffer = counting(total, 70'001);
    std::uint8_t expected = 0;
    std::size_t taken = 0;
    while (buffer.fill(1000).value() > 0) {
        const auto view = buffer.view().first(std::min<std::size_t>(buffer.view().size(), 997));
        for (const std::uint8_t byte : view) ASSERT_EQ(byte, expected++);
        buffer.skip(view.size());
        taken += view.size();
        ASSERT_EQ(buffer.offset(), taken);
    }
    EXPECT_EQ(taken, total);
}

TEST(InputBuffer, FillFallsShortOnlyAtTheEnd) {
    InputBuffer buffer = counting(100, 7);
    EXPECT_GE(buffer.fill(50).value(), 50U);
    EXPECT_EQ(buffer.fill(1000).value(), 100U);
    EXPECT_EQ(buffer.fill(1000).value(), 100U);
}

TEST(InputBuffer, GrowsForWhatIsWantedAndThere) {
    InputBuffer buffer = counting(10'000'000, 1'000'000);
    buffer.skip(buffer.fill(3).value() > 3 ? 3 : 0);
    EXPECT_GE(buffer.fill(9'000'000).value(), 9'000'000U);
    EXPECT_EQ(buffer.view()[0], 3);
    EXPECT_EQ(buffer.view()[8'999'999], static_cast<std::uint8_t>(9'000'002));
}

TEST(InputBuffer, AHugeWishDoesNotAllocateWhatDoesNotCome) {
    auto stream = std::make_unique<Counting>(100, 100);
    const Counting& watched = *stream;
    InputBuffer buffer(std::move(stream));
    EXPECT_EQ(buffer.fill(std::size_t{1} << 40).value(), 100U);
    EXPECT_LE(watched.largest_room, std::size_t{1} << 21);
}

TEST(InputBuffer, AnErrorComesAfterTheBytesBeforeIt) {
    InputBuffer buffer = counting(10, 10, true);
    EXPECT_EQ(buffer.fill(10).value(), 10U);
    EXPECT_FALSE(buffer.fill(11));
    EXPECT_EQ(buffer.view().size(), 10U);
}

TEST(InputBuffer, LiesOverMemoryWithoutCopying) {
    std::vector<std::uint8_t> memory(10);
    std::iota(memory.begin(), memory.end(), std::uint8_t{0});
    InputBuffer buffer{std::span<const std::uint8_t>(memory)};
    EXPECT_EQ(buffer.fill(20).value(), 10U);
    EXPECT_EQ(buffer.view().data(), memory.data());
    buffer.skip(4);
    EXPECT_EQ(buffer.offset(), 4U);
}

}  // namespace
}  // namespace tcpwhy::source
