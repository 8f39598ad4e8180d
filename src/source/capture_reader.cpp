#include "source/capture_reader.h"

#include <utility>

#include "base/text.h"

namespace tcpwhy::source {

namespace {

// A page of text; a file of nothing but damage must not fill the memory with complaints.
constexpr std::size_t most_warnings = 20;

}  // namespace

void CaptureInput::warn(std::string warning) {
    auto& warnings = info.warnings;
    ++warning_count;
    if (warning_count <= most_warnings) {
        warnings.push_back(std::move(warning));
        return;
    }
    warnings.resize(most_warnings + 1);
    warnings.back() = "and " + format_count(warning_count - most_warnings) + " more";
}

void CaptureInput::warn_of_early_end() {
    std::string damage = bytes.damage();
    if (!damage.empty()) warn(std::move(damage));
}

std::string CaptureInput::place(std::uint64_t offset) const {
    return "byte " + std::to_string(offset) + (uncompressed ? " of the uncompressed content" : "");
}

}  // namespace tcpwhy::source
