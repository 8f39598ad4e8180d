// Text that is printed later than it is made.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "report/output.h"

namespace tcpwhy {

/// Keeps text in order: in memory while it is little, in an unnamed temporary file beyond that,
/// so that the details of a million connections can wait for the summary that stands above them.
class Spool {
public:
    void add(std::string_view text);
    /// Writes everything to `output` and is empty again. False: the temporary file could not be
    /// read back (errno says why), and what was in it is lost.
    [[nodiscard]] bool move_to(Output& output);
    [[nodiscard]] bool empty() const { return memory_.empty() && !file_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::string memory_;
    std::unique_ptr<std::FILE, Close> file_;  ///< what came before `memory_`
    bool damaged_ = false;
};

}  // namespace tcpwhy
