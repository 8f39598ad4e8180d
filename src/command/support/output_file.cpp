#include "command/support/output_file.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace tcpwhy::command {

namespace {

constexpr mode_t readable_by_all = 0666;  // less the umask
constexpr std::size_t usual_width = 80;

std::string advice_for(int error) {
    if (error == ENOSPC || error == EDQUOT) return "Free some space, or write elsewhere.";
    return {};
}

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
    OutputFile file;
    if (path.empty() || path == "-") return file;
    file.descriptor_ =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readable_by_all);
    if (file.descriptor_ < 0) {
        return fail(errno == EACCES ? ErrorKind::permission : ErrorKind::io,
                    printable(path) + ": cannot be written: " + std::strerror(errno));
    }
    file.path_ = path;
    return file;
}

OutputFile::~OutputFile() {
    static_cast<void>(close());
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::exchange(other.path_, std::string())) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    return *this;
}

bool OutputFile::is_terminal() const {
    return ::isatty(descriptor_) == 1;
}

std::size_t OutputFile::width() const {
    winsize size{};
    if (is_terminal() && ::ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
        return size.ws_col;
    }
    return usual_width;
}

Error OutputFile::write_error(int error) const {
    const std::string name = path_.empty() ? "standard output" : printable(path_);
    return {ErrorKind::io, name + ": cannot be written: " + std::strerror(error),
            advice_for(error)};
}

Result<void> OutputFile::close() {
    if (path_.empty() || descriptor_ < 0) return {};
    const int result = ::close(std::exchange(descriptor_, -1));
    if (result != 0) return tl::unexpected<Error>(write_error(errno));
    return {};
}

}  // namespace tcpwhy::command
