// Verbs for tests of the connection layer: who says what, and what the table makes of it.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "connection/table.h"

namespace tcpwhy {

/// Collects what the table lets go.
class CollectedEvidence : public EvidenceSink {
public:
    void evidence(const Evidence& e) override { all.push_back(e); }
    std::vector<Evidence> all;
};

/// A client, a server, and a table that watches them.
class ConversationFixture : public testing::Test {
protected:
    static constexpr std::uint32_t client_isn = 1000;
    static constexpr std::uint32_t server_isn = 0xfffffff0U;  // wraps after fifteen bytes

    /// What a test may say of a segment; the rest has ordinary values.
    struct Fields {
        std::uint32_t length = 0;
        std::uint16_t window = 64000;
        std::uint8_t ttl = 64;
        std::uint16_t ip_id = 0;
    };

    /// `seq` and `ack` are relative to each side's initial sequence number.
    void says(Party from, const char* flags, std::uint32_t seq, std::uint32_t ack, Fields f) {
        const bool client = from == Party::client;
        Segment s;
        s.frame = ++frame_;
        s.time = now_;
        s.ip.src = IpAddress::from_v4(client ? 0x0a000001U : 0x0a000002U);
        s.ip.dst = IpAddress::from_v4(client ? 0x0a000002U : 0x0a000001U);
        s.ip.ttl = f.ttl;
        s.ip.ip_id = f.ip_id != 0 ? f.ip_id : static_cast<std::uint16_t>(frame_);
        s.ip.ip_length = 40 + f.length;
        s.src_port = client ? client_port_ : server_port_;
        s.dst_port = client ? server_port_ : client_port_;
        for (const char* flag = flags; *flag != '\0'; ++flag) {
            if (*flag == 'S') s.flags.bits |= TcpFlags::syn_bit;
            if (*flag == 'F') s.flags.bits |= TcpFlags::fin_bit;
            if (*flag == 'R') s.flags.bits |= TcpFlags::rst_bit;
            if (*flag == '.') s.flags.bits |= TcpFlags::ack_bit;
        }
        s.seq = Seq((client ? client_isn : server_isn) + seq);
        s.ack = s.flags.ack() ? Seq((client ? server_isn : client_isn) + ack) : Seq(0);
        s.length = f.length;
        s.window = f.window;
        table_.segment(s, table_.hash_of(s));
        now_ += std::chrono::milliseconds(10);
    }
    void client(const char* flags, std::uint32_t seq, std::uint32_t ack) {
        says(Party::client, flags, seq, ack, {});
    }
    void client(const char* flags, std::uint32_t seq, std::uint32_t ack, Fields f) {
        says(Party::client, flags, seq, ack, f);
    }
    void server(const char* flags, std::uint32_t seq, std::uint32_t ack) {
        says(Party::server, flags, seq, ack, {});
    }
    void server(const char* flags, std::uint32_t seq, std::uint32_t ack, Fields f) {
        says(Party::server, flags, seq, ack, f);
    }
    void handshake() {
        client("S", 0, 0);
        server("S.", 0, 1);
        client(".", 1, 1);
    }
    void pass(Duration span) { now_ += span; }
    /// Ends the capture; the evidence on the first connection.
    const Evidence& evidence() {
        table_.passing_time(now_);
        table_.finish();
        EXPECT_FALSE(sink_.all.empty());
        return sink_.all.front();
    }

    CollectedEvidence sink_;
    ConnectionTable table_{100, false, sink_};
    std::uint64_t frame_ = 0;
    Timestamp now_{std::chrono::seconds(1'700'000'000)};
    std::uint16_t client_port_ = 40001;
    std::uint16_t server_port_ = 80;
};

}  // namespace tcpwhy
