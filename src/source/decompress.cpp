#include "source/decompress.h"

#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "source/byte_order.h"
#include "source/decompressor.h"

namespace tcpwhy::source {

Result<std::size_t> Decompressor::read(std::span<std::uint8_t> room) {
    while (!ended_) {
        auto have = compressed_.fill(1);
        if (!have) return have;
        const Step done = step(compressed_.view(), room);
        if (done.failure != nullptr) {
            end_at_failure(done.failure);
            return done.produced;
        }
        compressed_.skip(done.consumed);
        within_unit_ = done.within_unit;
        if (done.produced > 0) return done.produced;
        if (done.consumed > 0) continue;
        if (*have > 0) {
            end_at_failure("no progress");
        } else {
            ended_ = true;
            if (within_unit_) {
                damage_ = std::string(name_) + " data cut off at byte " +
                          std::to_string(compressed_.offset()) + " of the compressed file";
            }
        }
    }
    return 0;
}

void Decompressor::end_at_failure(const char* failure) {
    ended_ = true;
    const std::string place =
        " at byte " + std::to_string(compressed_.offset()) + " of the compressed file";
    // A unit's beginning and its damage may come in one step.
    if (within_unit_ || compression_of(compressed_.view()) != Compression::none) {
        damage_ = std::string(name_) + " data damaged" + place + " (" + failure +
                  "): nothing after it can be read";
        return;
    }
    // Tapes and block devices pad with zeros; gzip(1) is silent about them too.
    const auto rest = compressed_.view();
    if (std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; })) return;
    damage_ = "what follows the " + std::string(name_) + " data" + place + " is not read";
}

namespace {

/// gzip (RFC 1952): members that follow each other are one stream (section 2.2).
class GzipStream final : public Decompressor {
public:
    explicit GzipStream(InputBuffer compressed) : Decompressor("gzip", std::move(compressed)) {
        // 15 bits of window, the most there is; + 16 asks for gzip's header and nothing else.
        usable_ = ::inflateInit2(&zlib_, 15 + 16) == Z_OK;
    }
    ~GzipStream() override { ::inflateEnd(&zlib_); }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

private:
    Step step(std::span<const std::uint8_t> from, std::span<std::uint8_t> room) override {
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        Step done;
        if (!usable_) {
            done.failure = "out of memory";
            return done;
        }
        if (between_members_ && from.empty()) return done;
        if (between_members_) ::inflateReset(&zlib_);
        between_members_ = false;
        const auto give = static_cast<uInt>(std::min(from.size(), most));
        const auto take = static_cast<uInt>(std::min(room.size(), most));
        // zlib's interface is older than const.
        zlib_.next_in = const_cast<Bytef*>(from.data());
        zlib_.avail_in = give;
        zlib_.next_out = room.data();
        zlib_.avail_out = take;
        const int code = ::inflate(&zlib_, Z_NO_FLUSH);
        done.consumed = give - zlib_.avail_in;
        done.produced = take - zlib_.avail_out;
        between_members_ = code == Z_STREAM_END;
        done.within_unit = !between_members_;
        if (code == Z_NEED_DICT || (code < 0 && code != Z_BUF_ERROR)) {
            done.failure = zlib_.msg != nullptr ? zlib_.msg : "bad data";
        }
        return done;
    }

    z_stream zlib_{};
    bool usable_ = false;
    bool between_members_ = false;
};

/// zstd (RFC 8878), any number of frames.
class ZstdStream final : public Decompressor {
public:
    explicit ZstdStream(InputBuffer compressed)
        : Decompressor("zstd", std::move(compressed)), zstd_(::ZSTD_createDStream()) {}
    ~ZstdStream() override { ::ZSTD_freeDStream(zstd_); }
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;

private:
    Step step(std::span<const std::uint8_t> from, std::span<std::uint8_t> room) override {
        Step done;
        if (zstd_ == nullptr) {
            done.failure = "out of memory";
            return done;
        }
        if (between_frames_ && from.empty()) return done;
        ZSTD_inBuffer in{from.data(), from.size(), 0};
        ZSTD_outBuffer out{room.data(), room.size(), 0};
        const std::size_t code = ::ZSTD_decompressStream(zstd_, &out, &in);
        done.consumed = in.pos;
        done.produced = out.pos;
        if (::ZSTD_isError(code) != 0) done.failure = ::ZSTD_getErrorName(code);
        between_frames_ = code == 0;
        done.within_unit = !between_frames_;
        return done;
    }

    ZSTD_DStream* zstd_;
    bool between_frames_ = false;
};

/// LZ4 frames (not the older "legacy" format, nor bare blocks).
class Lz4Stream final : public Decompressor {
public:
    explicit Lz4Stream(InputBuffer compressed) : Decompressor("lz4", std::move(compressed)) {
        if (::LZ4F_isError(::LZ4F_createDecompressionContext(&lz4_, LZ4F_VERSION)) != 0) {
            lz4_ = nullptr;
        }
    }
    ~Lz4Stream() override { ::LZ4F_freeDecompressionContext(lz4_); }
    Lz4Stream(const Lz4Stream&) = delete;
    Lz4Stream& operator=(const Lz4Stream&) = delete;

private:
    Step step(std::span<const std::uint8_t> from, std::span<std::uint8_t> room) override {
        Step done;
        if (lz4_ == nullptr) {
            done.failure = "out of memory";
            return done;
        }
        if (between_frames_ && from.empty()) return done;
        std::size_t produced = room.size();
        std::size_t consumed = from.size();
        const std::size_t code =
            ::LZ4F_decompress(lz4_, room.data(), &produced, from.data(), &consumed, nullptr);
        if (::LZ4F_isError(code) != 0) {
            done.failure = ::LZ4F_getErrorName(code);
            return done;
        }
        done.consumed = consumed;
        done.produced = produced;
        between_frames_ = code == 0;
        done.within_unit = !between_frames_;
        return done;
    }

    LZ4F_dctx* lz4_ = nullptr;
    bool between_frames_ = false;
};

constexpr ByteOrder little = ByteOrder::little_endian();

constexpr std::uint32_t zstd_magic = 0xfd2fb528;       // RFC 8878 3.1.1
constexpr std::uint32_t lz4_magic = 0x184d2204;        // LZ4 frame format 1.6
constexpr std::uint32_t skippable_magic = 0x184d2a50;  // both formats: …50 to …5f
constexpr std::uint32_t skippable_mask = 0xfffffff0;

}  // namespace

Compression compression_of(std::span<const std::uint8_t> head) {
    // 8 is deflate, the only method that RFC 1952 knows.
    if (head.size() >= 3 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8) {
        return Compression::gzip;
    }
    if (head.size() < 4) return Compression::none;
    const std::uint32_t magic = little.u32(head.data());
    if (magic == zstd_magic) return Compression::zstd;
    if (magic == lz4_magic) return Compression::lz4;
    if ((magic & skippable_mask) != skippable_magic) return Compression::none;
    // pzstd begins with such a frame; what comes after it tells whose it is.
    if (head.size() < 8) return Compression::zstd;
    const std::size_t next = std::size_t{8} + little.u32(head.data() + 4);
    const bool lz4 =
        head.size() >= 4 && next <= head.size() - 4 && little.u32(head.data() + next) == lz4_magic;
    return lz4 ? Compression::lz4 : Compression::zstd;
}

std::string_view to_string(Compression compression) {
    switch (compression) {
        case Compression::gzip:
            return "gzip";
        case Compression::zstd:
            return "zstd";
        case Compression::lz4:
            return "lz4";
        case Compression::none:
            break;
    }
    return "";
}

std::unique_ptr<ByteStream> decompress(Compression compression, InputBuffer compressed) {
    switch (compression) {
        case Compression::gzip:
            return std::make_unique<GzipStream>(std::move(compressed));
        case Compression::zstd:
            return std::make_unique<ZstdStream>(std::move(compressed));
        default:
            return std::make_unique<Lz4Stream>(std::move(compressed));
    }
}

}  // namespace tcpwhy::source
