// Says of each failed connection in a capture why it failed: `why capture.pcap`.
#include <tcpwhy/analyze.h>
#include <tcpwhy/version.h>

#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: why CAPTURE   (tcpwhy " << tcpwhy::version() << ")\n";
        return 2;
    }
    const auto summary = tcpwhy::read_capture(argv[1], {}, [](const tcpwhy::Verdict& verdict) {
        if (!verdict.failed()) return;
        std::cout << verdict.client.to_string() << " -> " << verdict.server.to_string() << "  "
                  << verdict.cause << " (" << tcpwhy::to_string(verdict.confidence) << ")\n  "
                  << verdict.summary << '\n';
        for (const auto& line : verdict.evidence)
            std::cout << "  frame " << line.frame << ": " << line.says << '\n';
    });
    if (!summary) {
        std::cerr << "why: " << summary.error().to_string() << '\n';
        return 2;
    }
    std::cout << summary->connections << " connections, " << summary->failed << " failed\n";
    return 0;
}
