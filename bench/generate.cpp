// Makes captures to measure with: seeded, so that every run and every program sees the same bytes.
//
//   generate KIND FILE [--packets N] [--open N] [--snaplen N] [--seed N]
//
// KIND: mixed (many connections of all sorts at once; 10 % IPv6, 2 % VLAN), bulk (few long ones),
// refused (SYN, RST,ACK), flood (SYNs from random sources, with some real connections inside).
#include <CLI/CLI.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;

struct Options {
    std::string kind;
    std::string file;
    std::uint64_t packets = 5'000'000;
    std::uint32_t open = 200'000;
    std::uint32_t snaplen = 96;
    std::uint64_t seed = 1;
};

/// Internet checksum (RFC 1071) over what is not zero: the payload is.
class Checksum {
public:
    void add(const std::uint8_t* bytes, std::size_t count) {
        for (std::size_t at = 0; at + 1 < count; at += 2) {
            sum_ += static_cast<std::uint32_t>(bytes[at] << 8 | bytes[at + 1]);
        }
    }
    void add(std::uint32_t word) { sum_ += word; }
    [[nodiscard]] std::uint16_t value() const {
        std::uint64_t sum = sum_;
        while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
        return static_cast<std::uint16_t>(~sum);
    }

private:
    std::uint64_t sum_ = 0;
};

void put16(std::uint8_t* to, std::uint32_t value) {
    to[0] = static_cast<std::uint8_t>(value >> 8);
    to[1] = static_cast<std::uint8_t>(value);
}
void put32(std::uint8_t* to, std::uint32_t value) {
    put16(to, value >> 16);
    put16(to + 2, value);
}

/// One connection of the mix: where it is in its life.
struct Flow {
    std::uint32_t client = 0, server = 0;  // IPv4 addresses, or the tails of IPv6 ones
    std::uint16_t client_port = 0, server_port = 0;
    bool v6 = false, vlan = false;
    std::uint32_t client_seq = 0, server_seq = 0;
    std::uint16_t step = 0, length = 0;  // step of a script of `length` steps
    std::uint8_t fate = 0;
};

/// Writes packets in pcap format, cut at the snaplen.
class Writer {
public:
    Writer(const std::string& path, std::uint32_t snaplen)
        : file_(std::fopen(path.c_str(), "wb")), snaplen_(snaplen), buffer_(1U << 22) {
        if (file_ == nullptr) throw CLI::FileError(path + " cannot be written");
        std::setvbuf(file_, buffer_.data(), _IOFBF, buffer_.size());
        const std::array<std::uint32_t, 6> header{0xa1b2c3d4, 0x00040002, 0, 0, snaplen, 1};
        std::fwrite(header.data(), sizeof header, 1, file_);
    }
    ~Writer() { std::fclose(file_); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void packet(const Flow& f, bool from_client, std::uint8_t flags, std::uint32_t seq,
                std::uint32_t ack_number, std::uint32_t payload) {
        std::array<std::uint8_t, 128> head{};
        std::uint8_t* at = head.data();
        std::memset(at, from_client ? 2 : 4, 12);
        at += 12;
        if (f.vlan) {
            put16(at, 0x8100);
            put16(at + 2, 42);
            at += 4;
        }
        put16(at, f.v6 ? 0x86dd : 0x0800);
        at += 2;
        std::uint8_t* const ip = at;
        // A closed port's answer is made from the SYN alone: no options, no window.
        const bool bare = (flags & rst) != 0 && seq == 0;
        const std::uint32_t tcp_header = bare ? 20 : 32;
        const std::uint32_t tcp_length = tcp_header + payload;
        at = f.v6 ? ipv6(ip, f, from_client, tcp_length) : ipv4(ip, f, from_client, tcp_length);
        tcp(at, ip, f, from_client, flags, seq, ack_number, tcp_length, tcp_header);
        const auto headers = static_cast<std::uint32_t>(at + tcp_header - head.data());
        write(head.data(), headers, payload);
    }
    [[nodiscard]] std::uint64_t count() const { return count_; }

private:
    std::uint8_t* ipv4(std::uint8_t* ip, const Flow& f, bool from_client,
                       std::uint32_t tcp_length) {
        ip[0] = 0x45;
        put16(ip + 2, 20 + tcp_length);
        put16(ip + 4, static_cast<std::uint32_t>(count_ & 0xffff));
        put16(ip + 6, 0x4000);
        ip[8] = from_client ? 64 : 57;
        ip[9] = 6;
        put32(ip + 12, from_client ? f.client : f.server);
        put32(ip + 16, from_client ? f.server : f.client);
        Checksum sum;
        sum.add(ip, 20);
        put16(ip + 10, sum.value());
        return ip + 20;
    }
    static std::uint8_t* ipv6(std::uint8_t* ip, const Flow& f, bool from_client,
                              std::uint32_t tcp_length) {
        ip[0] = 0x60;
        put16(ip + 4, tcp_length);
        ip[6] = 6;
        ip[7] = from_client ? 64 : 57;
        put32(ip + 8, 0x20010db8);
        put32(ip + 20, from_client ? f.client : f.server);
        put32(ip + 24, 0x20010db8);
        put32(ip + 36, from_client ? f.server : f.client);
        return ip + 40;
    }
    void tcp(std::uint8_t* t, const std::uint8_t* ip, const Flow& f, bool from_client,
             std::uint8_t flags, std::uint32_t seq, std::uint32_t ack_number,
             std::uint32_t tcp_length, std::uint32_t tcp_header) const {
        put16(t, from_client ? f.client_port : f.server_port);
        put16(t + 2, from_client ? f.server_port : f.client_port);
        put32(t + 4, seq);
        put32(t + 8, (flags & ack) != 0 ? ack_number : 0);
        t[12] = static_cast<std::uint8_t>(tcp_header / 4 << 4);
        t[13] = flags;
        if (tcp_header > 20) put16(t + 14, 502);
        if (tcp_header == 20) {
            // nothing follows the header
        } else if ((flags & syn) != 0) {
            const std::array<std::uint8_t, 12> options{2, 4, 5, 0xb4, 1, 3, 3, 7, 4, 2, 1, 1};
            std::memcpy(t + 20, options.data(), options.size());
        } else {
            t[20] = 1;
            t[21] = 1;
            t[22] = 8;
            t[23] = 10;
            put32(t + 24, static_cast<std::uint32_t>(time_us_ / 1000));
            put32(t + 28, static_cast<std::uint32_t>(time_us_ / 1000 - 20));
        }
        Checksum sum;
        f.v6 ? sum.add(ip + 8, 32) : sum.add(ip + 12, 8);
        sum.add(6);
        sum.add(tcp_length);
        sum.add(t, tcp_header);
        put16(t + 16, sum.value());
    }
    void write(const std::uint8_t* head, std::uint32_t headers, std::uint32_t payload) {
        time_us_ += 2;
        ++count_;
        const std::uint32_t full = headers + payload;
        const std::uint32_t kept = full < snaplen_ ? full : snaplen_;
        const std::array<std::uint32_t, 4> record{
            static_cast<std::uint32_t>(1'700'000'000 + time_us_ / 1'000'000),
            static_cast<std::uint32_t>(time_us_ % 1'000'000), kept, full};
        std::fwrite(record.data(), sizeof record, 1, file_);
        const std::uint32_t from_head = kept < headers ? kept : headers;
        std::fwrite(head, from_head, 1, file_);
        if (kept > from_head) std::fwrite(zeros_.data(), kept - from_head, 1, file_);
    }

    std::FILE* file_;
    std::uint32_t snaplen_;
    std::vector<char> buffer_;
    std::vector<std::uint8_t> zeros_ = std::vector<std::uint8_t>(65536);
    std::uint64_t time_us_ = 0;
    std::uint64_t count_ = 0;
};

/// The kinds of traffic.
class Traffic {
public:
    Traffic(const Options& options, Writer& out)
        : options_(options), out_(out), random_(options.seed) {}

    void mixed() {
        std::vector<Flow> flows(options_.open);
        for (Flow& f : flows) {
            f = fresh();
            f.step = static_cast<std::uint16_t>(random_() % f.length);
        }
        while (out_.count() < options_.packets) {
            Flow& f = flows[random_() % flows.size()];
            if (!advance(f)) f = fresh();
        }
    }
    void bulk() {
        std::vector<Flow> flows(16);
        for (Flow& f : flows) {
            f = fresh();
            handshake(f);
        }
        while (out_.count() < options_.packets) {
            Flow& f = flows[random_() % flows.size()];
            out_.packet(f, false, ack, f.server_seq, f.client_seq, 1448);
            f.server_seq += 1448;
            if (random_() % 2 == 0) out_.packet(f, true, ack, f.client_seq, f.server_seq, 0);
        }
    }
    void refused() {
        while (out_.count() < options_.packets) {
            const Flow f = fresh();
            out_.packet(f, true, syn, f.client_seq, 0, 0);
            out_.packet(f, false, rst | ack, 0, f.client_seq + 1, 0);
        }
    }
    void flood() {
        std::vector<Flow> real(1000);
        for (Flow& f : real) f = fresh();
        while (out_.count() < options_.packets) {
            Flow f = fresh();
            f.v6 = false;
            f.server = 0xc0a80001;
            f.server_port = 443;
            out_.packet(f, true, syn, f.client_seq, 0, 0);
            if (random_() % 100 != 0) continue;
            Flow& honest = real[random_() % real.size()];
            if (!advance(honest)) honest = fresh();
        }
    }

private:
    Flow fresh() {
        Flow f;
        const std::uint64_t bits = random_();
        f.client = 0x0a000000 | static_cast<std::uint32_t>(bits & 0xffffff);
        f.server = 0xc0a80000 | static_cast<std::uint32_t>(bits >> 24 & 0x3ff);
        f.client_port = static_cast<std::uint16_t>(1024 + (bits >> 34) % 64000);
        f.server_port = bits >> 50 & 1 ? 443 : 80;
        const std::uint64_t more = random_();
        f.v6 = more % 10 == 0;
        f.vlan = more / 10 % 50 == 0;
        f.fate = static_cast<std::uint8_t>(more / 500 % 20);
        f.length = static_cast<std::uint16_t>(8 + more / 10000 % 24);
        f.client_seq = static_cast<std::uint32_t>(more >> 32);
        f.server_seq = static_cast<std::uint32_t>(random_());
        return f;
    }
    void handshake(Flow& f) {
        out_.packet(f, true, syn, f.client_seq++, 0, 0);
        out_.packet(f, false, syn | ack, f.server_seq++, f.client_seq, 0);
        out_.packet(f, true, ack, f.client_seq, f.server_seq, 0);
    }
    // One packet of the flow's life; false when it is over. One in twenty is refused, one reset.
    bool advance(Flow& f) {
        const std::uint16_t step = f.step++;
        if (step == 0) {
            out_.packet(f, true, syn, f.client_seq++, 0, 0);
        } else if (step == 1) {
            if (f.fate == 0) {
                out_.packet(f, false, rst | ack, 0, f.client_seq, 0);
                return false;
            }
            out_.packet(f, false, syn | ack, f.server_seq++, f.client_seq, 0);
        } else if (step == 2) {
            out_.packet(f, true, ack, f.client_seq, f.server_seq, 0);
        } else if (step < f.length) {
            exchange(f, step);
        } else if (f.fate == 1) {
            out_.packet(f, false, rst | ack, f.server_seq, f.client_seq, 0);
            return false;
        } else {
            return close(f, step - f.length);
        }
        return true;
    }
    void exchange(Flow& f, std::uint16_t step) {
        switch (step % 5) {
            case 3: {
                const auto request = static_cast<std::uint32_t>(100 + random_() % 700);
                out_.packet(f, true, ack, f.client_seq, f.server_seq, request);
                f.client_seq += request;
                return;
            }
            case 4:
            case 0:
            case 1:
                out_.packet(f, false, ack, f.server_seq, f.client_seq, 1400);
                f.server_seq += 1400;
                return;
            default:
                out_.packet(f, true, ack, f.client_seq, f.server_seq, 0);
        }
    }
    bool close(Flow& f, int step) {
        if (step == 0) out_.packet(f, true, fin | ack, f.client_seq++, f.server_seq, 0);
        if (step == 1) out_.packet(f, false, fin | ack, f.server_seq++, f.client_seq, 0);
        if (step == 2) out_.packet(f, true, ack, f.client_seq, f.server_seq, 0);
        return step < 2;
    }

    const Options& options_;
    Writer& out_;
    std::mt19937_64 random_;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Makes captures to measure with");
    app.add_option("kind", options.kind)
        ->required()
        ->check(CLI::IsMember({"mixed", "bulk", "refused", "flood"}));
    app.add_option("file", options.file)->required();
    app.add_option("--packets", options.packets)->capture_default_str();
    app.add_option("--open", options.open, "connections open at once (mixed)")
        ->capture_default_str();
    app.add_option("--snaplen", options.snaplen)->capture_default_str();
    app.add_option("--seed", options.seed)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        Writer out(options.file, options.snaplen);
        Traffic traffic(options, out);
        if (options.kind == "mixed") traffic.mixed();
        if (options.kind == "bulk") traffic.bulk();
        if (options.kind == "refused") traffic.refused();
        if (options.kind == "flood") traffic.flood();
    } catch (const CLI::Error& error) {
        return app.exit(error);
    }
    return 0;
}
