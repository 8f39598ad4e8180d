// Where the result goes: standard output or a file.
#pragma once

#include <string>

#include "tcpwhy/result.h"

namespace tcpwhy::command {

/// An open file descriptor for the result.
class OutputFile {
public:
    /// Standard output.
    OutputFile() = default;
    /// Creates or empties `path`; "" and "-" are standard output.
    [[nodiscard]] static Result<OutputFile> open(const std::string& path);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_terminal() const;
    /// Columns of the terminal; 80 where it is none.
    [[nodiscard]] std::size_t width() const;
    /// What failed when `error` (an errno) came back from writing to it.
    [[nodiscard]] Error write_error(int error) const;
    /// Closes a file that open() made. A full disk may show itself only here.
    [[nodiscard]] Result<void> close();

private:
    int descriptor_ = 1;
    std::string path_;  ///< empty: standard output
};

}  // namespace tcpwhy::command
