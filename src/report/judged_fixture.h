// Connections made by hand, for the tests of the reports.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "cause/diagnose.h"
#include "report/output.h"

namespace tcpwhy {

/// A connection of which nothing but a diagnosis is known.
struct HandMade {
    Evidence evidence;
    mutable Diagnosis diagnosis;  ///< its opinion points into `evidence`

    explicit HandMade(std::string_view cause, std::string_view server = "192.0.2.1",
                      std::uint16_t port = 80) {
        using namespace std::chrono_literals;
        diagnosis.cause = find_cause(cause);
        diagnosis.confidence = Confidence::likely;
        evidence.client.address = {*IpAddress::parse("192.0.2.9"), 51514};
        evidence.server.address = {*IpAddress::parse(server), port};
        evidence.start = Timestamp{1'700'000'000'123'456'789ns};
        evidence.end = evidence.start + 540us;
        evidence.conn_state = "REJ";
        evidence.history = "Sr";
    }

    /// The client's SYN as frame 1.
    HandMade& with_syn() {
        evidence.client.isn_known = true;
        evidence.client.isn = Seq(1000);
        Moment& syn = evidence.syns.first;
        syn.frame = 1;
        syn.time = evidence.start;
        syn.flags.bits = TcpFlags::syn_bit;
        syn.seq = evidence.client.isn;
        evidence.syns.count = 1;
        syn.window = 64240;
        return *this;
    }

    /// Points into this object, as long as it lives.
    [[nodiscard]] Judged judged() const {
        diagnosis.opinion = fits("", evidence.syns.first);
        return {evidence, diagnosis, "capture.pcap"};
    }
};

/// An Output whose text can be read back.
class Captured {
public:
    Captured() : file_(std::tmpfile()), output_(fileno(file_)) {}
    ~Captured() { std::fclose(file_); }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;

    [[nodiscard]] Output& output() { return output_; }
    /// Everything written so far.
    [[nodiscard]] std::string text() {
        output_.flush();
        std::string all(static_cast<std::size_t>(::lseek(fileno(file_), 0, SEEK_CUR)), '\0');
        const auto got = ::pread(fileno(file_), all.data(), all.size(), 0);
        all.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return all;
    }

private:
    std::FILE* file_;
    Output output_;
};

}  // namespace tcpwhy
