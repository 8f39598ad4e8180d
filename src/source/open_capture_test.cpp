#include <lz4frame.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstring>
#include <filesystem>

#include "source/byte_stream.h"
#include "source/reading_test_support.h"

namespace tcpwhy::source {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

ByteVector gzip(std::span<const std::uint8_t> bytes) {
    z_stream zlib{};
    EXPECT_EQ(deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    ByteVector out(deflateBound(&zlib, bytes.size()));
    zlib.next_in = const_cast<Bytef*>(bytes.data());
    zlib.avail_in = static_cast<uInt>(bytes.size());
    zlib.next_out = out.data();
    zlib.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
    out.resize(zlib.total_out);
    deflateEnd(&zlib);
    return out;
}

ByteVector zstd(std::span<const std::uint8_t> bytes) {
    ByteVector out(ZSTD_compressBound(bytes.size()));
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

ByteVector lz4(std::span<const std::uint8_t> bytes) {
    ByteVector out(LZ4F_compressFrameBound(bytes.size(), nullptr));
    out.resize(LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), nullptr));
    return out;
}

struct Compressor {
    const char* name;
    ByteVector (*compress)(std::span<const std::uint8_t>);
};
constexpr Compressor compressors[] = {{"gzip", gzip}, {"zstd", zstd}, {"lz4", lz4}};

ByteVector joined(ByteVector left, const ByteVector& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

/// A folder of its own for each test, gone afterwards.
class OpenCapture : public testing::Test {
protected:
    OpenCapture() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tcpwhy-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    ~OpenCapture() override { std::filesystem::remove_all(folder_); }

    std::string file(std::span<const std::uint8_t> content, const std::string& name = "a.pcap") {
        EXPECT_TRUE(write_file(path(name), content));
        return path(name);
    }
    std::string text_file(const std::string& text) {
        return file({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "notes.txt");
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

private:
    std::filesystem::path folder_;
};

TEST_F(OpenCapture, ReadsEveryFormatFromFileAndMemoryInEveryCompression) {
    const ByteVector captures[] = {
        pcap_of(20),
        pcap_of(20, {.big_endian = true}),
        pcap_of(20, {.nanoseconds = true}),
        pcap_of(20, {.nanoseconds = true, .big_endian = true}),
        pcapng_of(20),
        pcapng_of(20, true),
    };
    for (const ByteVector& capture : captures) {
        expect_packets(read_to_end(open_capture(file(capture))), 20);
        for (const auto& [name, compress] : compressors) {
            const ByteVector compressed = compress(capture);
            const auto from_file = read_to_end(open_capture(file(compressed)));
            expect_packets(from_file, 20);
            EXPECT_THAT(from_file.info.format, HasSubstr(std::string(", ") + name));
            EXPECT_THAT(from_file.info.warnings, IsEmpty());
            expect_packets(read_bytes(compressed), 20);
        }
    }
}

TEST_F(OpenCapture, ReadsMembersAndFramesThatFollowEachOther) {
    const ByteVector capture = pcap_of(20);
    const auto first = std::span(capture).first(500);
    const auto rest = std::span(capture).subspan(500);
    for (const auto& [name, compress] : compressors) {
        const auto read = read_bytes(joined(compress(first), compress(rest)));
        expect_packets(read, 20);
        EXPECT_THAT(read.info.warnings, IsEmpty()) << name;
    }
}

TEST_F(OpenCapture, ReadsZstdBehindASkippableFrame) {
    const ByteVector skippable = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    expect_packets(read_bytes(joined(skippable, zstd(pcap_of(5)))), 5);
    expect_packets(read_bytes(joined(skippable, lz4(pcap_of(5)))), 5);
}

TEST_F(OpenCapture, CompressedDataCutAnywhereGiveThePacketsBeforeAndAWarning) {
    for (const auto& [name, compress] : compressors) {
        const ByteVector whole = compress(pcap_of(6));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto capture = read_bytes(std::span(whole).first(size));
            EXPECT_LE(capture.packets.size(), 6U);
            if (capture.error.empty()) {
                ASSERT_FALSE(capture.info.warnings.empty()) << name << ' ' << size;
                EXPECT_THAT(capture.info.warnings[0], HasSubstr("data cut off at byte")) << name;
            } else {
                EXPECT_EQ(capture.error_kind, ErrorKind::corrupt);
            }
        }
    }
}

TEST_F(OpenCapture, DamagedCompressedDataEndWithAWarning) {
    ByteVector capture = pcap_of(200);
    for (const auto& [name, compress] : compressors) {
        // The second half is a member or frame of its own, and damaged.
        ByteVector second = compress(std::span(capture).subspan(4000));
        for (std::size_t at = second.size() / 2; at < second.size(); ++at) second[at] ^= 0x5a;
        const auto read = read_bytes(joined(compress(std::span(capture).first(4000)), second));
        EXPECT_EQ(read.error, "");
        EXPECT_GE(read.packets.size(), 40U) << name;
        EXPECT_THAT(read.info.warnings,
                    Contains(AnyOf(StartsWith(std::string(name) + " data damaged at byte"),
                                   StartsWith(std::string(name) + " data cut off at byte"))));
    }
}

TEST_F(OpenCapture, WhatFollowsCompressedDataIsSaidUnlessItIsPadding) {
    for (const auto& [name, compress] : compressors) {
        const ByteVector compressed = compress(pcap_of(5));
        const auto padded = read_bytes(joined(compressed, ByteVector(100, 0)));
        expect_packets(padded, 5);
        EXPECT_THAT(padded.info.warnings, IsEmpty()) << name;
        const auto followed = read_bytes(joined(compressed, ByteVector(100, 0x77)));
        expect_packets(followed, 5);
        EXPECT_THAT(followed.info.warnings, ElementsAre(HasSubstr("what follows the"))) << name;
    }
}

TEST_F(OpenCapture, AMillionfoldCompressionJustStreams) {
    // 16 MiB of zeros behind three packets: one damage, and no memory for it.
    const ByteVector file = joined(pcap_of(3), ByteVector(std::size_t{16} << 20, 0));
    for (const auto& [name, compress] : compressors) {
        const auto capture = read_bytes(compress(file));
        expect_packets(capture, 3);
        EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("16777216 bytes skipped")))
            << name;
    }
}

TEST_F(OpenCapture, PacketsLargerThanTheBufferAreRead) {
    ByteVector capture = pcap_of(1, {.snaplen = 8U << 20});
    const ByteVector large(5U << 20, 0x42);
    append_pcap_packet(capture, {.time = after(1), .bytes = large});
    append_pcap_packet(capture, {.time = after(2), .bytes = large});
    const auto read = read_to_end(open_capture(file(capture)));
    ASSERT_EQ(read.packets.size(), 3U);
    EXPECT_EQ(read.packets[2].bytes, large);
    EXPECT_THAT(read.info.warnings, IsEmpty());
}

TEST_F(OpenCapture, ManyPacketsCrossTheBuffersEndWhole) {
    const ByteVector capture = pcap_of(50'000);
    expect_packets(read_to_end(open_capture(file(capture))), 50'000);
    expect_packets(read_to_end(open_capture(file(pcapng_of(50'000)))), 50'000);
    expect_packets(read_to_end(open_capture(file(zstd(capture)))), 50'000);
}

TEST_F(OpenCapture, AFileThatShrinksMeanwhileEndsEarly) {
    const std::string name = file(pcap_of(50'000));
    auto source = open_capture(name);
    ASSERT_TRUE(source);
    std::array<RawPacket, 16> batch;
    ASSERT_EQ((*source)->next(batch).value(), 16U);
    ASSERT_EQ(::truncate(name.c_str(), 100), 0);
    while ((*source)->next(batch).value() > 0) {
    }
    EXPECT_THAT((*source)->info().warnings, ElementsAre(HasSubstr("cut off in mid-packet")));
}

TEST_F(OpenCapture, ProgressReachesTheEndOfTheFileOnDisk) {
    for (const ByteVector& content : {pcap_of(1000), zstd(pcap_of(1000))}) {
        auto source = open_capture(file(content));
        ASSERT_TRUE(source);
        std::array<RawPacket, 16> batch;
        while ((*source)->next(batch).value() > 0) {
        }
        EXPECT_EQ((*source)->progress().bytes_read, content.size());
        EXPECT_EQ((*source)->progress().bytes_total, content.size());
    }
}

TEST_F(OpenCapture, AnEmptyBatchIsNoEnd) {
    const ByteVector capture = pcap_of(1);
    auto source = open_capture_bytes(capture);
    ASSERT_TRUE(source);
    EXPECT_EQ((*source)->next({}).value(), 0U);
    std::array<RawPacket, 2> batch;
    EXPECT_EQ((*source)->next(batch).value(), 1U);
    EXPECT_EQ((*source)->next(batch).value(), 0U);
    EXPECT_EQ((*source)->next(batch).value(), 0U);
}

void expect_refusal(const std::string& path, ErrorKind kind, const std::string& words) {
    const auto source = open_capture(path);
    ASSERT_FALSE(source) << path;
    EXPECT_EQ(source.error().kind, kind) << source.error().what;
    EXPECT_THAT(source.error().what, StartsWith(name_to_show(path)));
    EXPECT_THAT(source.error().what, HasSubstr(words));
    EXPECT_NE(source.error().advice, "");
}

TEST_F(OpenCapture, SaysWhatIsWrongWithThePath) {
    expect_refusal(path("none.pcap"), ErrorKind::not_found, "no such file");
    expect_refusal(file({}) + "/x", ErrorKind::not_found, "no such file");
    expect_refusal(path(""), ErrorKind::usage, "a directory");
    expect_refusal(file({}), ErrorKind::corrupt, "empty");
    expect_refusal("/dev/null", ErrorKind::corrupt, "empty");
    expect_refusal("/dev/zero", ErrorKind::corrupt, "starts with bytes 00 00");
}

TEST_F(OpenCapture, SaysThatAFileMayNotBeRead) {
    const std::string secret = file(pcap_of(1));
    ::chmod(secret.c_str(), 0);
    // Root may read everything, so it becomes somebody else for a moment.
    constexpr uid_t nobody = 65534;
    const bool was_root = ::geteuid() == 0;
    if (was_root) {
        ASSERT_EQ(::seteuid(nobody), 0);
    }
    expect_refusal(secret, ErrorKind::permission, "permission denied");
    if (was_root) {
        ASSERT_EQ(::seteuid(0), 0);
    }
}

TEST_F(OpenCapture, SaysThatASocketIsNone) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path("s").c_str(), sizeof address.sun_path - 1);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    expect_refusal(path("s"), ErrorKind::usage, "a socket");
    ::close(descriptor);
}

TEST_F(OpenCapture, QuotesWhatIsNoCapture) {
    expect_refusal(text_file("Dear all\nattached you find"), ErrorKind::corrupt,
                   "not a capture file (starts with \"Dear all\")");
    expect_refusal(text_file("x"), ErrorKind::corrupt, "starts with \"x\"");
    expect_refusal(text_file(std::string("\x01\x02\xff", 3)), ErrorKind::corrupt,
                   "starts with bytes 01 02 ff");
}

TEST_F(OpenCapture, NamesFormatsThatItDoesNotRead) {
    expect_refusal(text_file("GMBU\1\2\3\4"), ErrorKind::corrupt, "Microsoft Network Monitor");
    expect_refusal(text_file(std::string("snoop\0\0\0\0\0\0\2", 12)), ErrorKind::corrupt, "snoop");
    expect_refusal(text_file("BZh91AY&SY"), ErrorKind::corrupt, "bzip2");
    expect_refusal(text_file(std::string("\xfd"
                                         "7zXZ\0",
                                         6)),
                   ErrorKind::corrupt, "with xz");
    expect_refusal(file(gzip(gzip(pcap_of(1)))), ErrorKind::corrupt, "compressed twice");
    expect_refusal(file(gzip({})), ErrorKind::corrupt, "empty");
}

TEST_F(OpenCapture, AdviceNamesTheFile) {
    const std::string name = text_file("GMBU\1\2\3\4");
    EXPECT_THAT(open_capture(name).error().advice, HasSubstr("editcap -F pcapng " + name));
}

TEST_F(OpenCapture, ControlCharactersOfANameDoNotReachTheTerminal) {
    EXPECT_EQ(name_to_show("a\x1b[2Jb\xc2\x9b"
                           "c"),
              "a?[2Jb?c");
    EXPECT_EQ(name_to_show("r\xc3\xa9sum\xc3\xa9.pcap"), "r\xc3\xa9sum\xc3\xa9.pcap");
    EXPECT_EQ(name_to_show("-"), "standard input");
}

}  // namespace
}  // namespace tcpwhy::source
