#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "source/byte_stream.h"

namespace tcpwhy::source {

namespace {

/// Bytes by read(2). Plain files too, although they could be mapped: on 1 GB files in the page
/// cache, mapping (with MADV_SEQUENTIAL, MAP_POPULATE or MADV_POPULATE_READ by windows) took
/// 14 to 19 ns a packet of 96 bytes and 290 to 410 ns one of 1514; read(2) into 1 to 4 MiB that
/// stay in the processor's cache took 12 to 14 ns and 120 to 260 ns, since a page fault costs more
/// than copying the page. And a file that shrinks meanwhile ends a read; it would kill a mapping
/// with SIGBUS.
class FileStream final : public ByteStream {
public:
    FileStream(int descriptor, bool owned, std::string name)
        : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}
    FileStream(const FileStream&) = delete;
    FileStream& operator=(const FileStream&) = delete;
    ~FileStream() override {
        if (owned_) ::close(descriptor_);
    }

    Result<std::size_t> read(std::span<std::uint8_t> room) override {
        for (;;) {
            const ssize_t count = ::read(descriptor_, room.data(), room.size());
            if (count >= 0) return static_cast<std::size_t>(count);
            // A signal without consequence, such as a resized terminal, must not end the reading.
            if (errno == EINTR) continue;
            return fail(ErrorKind::io,
                        name_ + ": reading failed: " + std::generic_category().message(errno));
        }
    }

private:
    int descriptor_;
    bool owned_;
    std::string name_;
};

tl::unexpected<Error> open_failed(const std::string& name, int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return fail(ErrorKind::not_found, name + ": no such file", "Check the path.");
        case EACCES:
        case EPERM:
            return fail(ErrorKind::permission, name + ": permission denied",
                        "Run as a user who may read it, or have its owner allow it (chmod +r).");
        case ENXIO:
            return fail(ErrorKind::usage, name + ": a socket or a device that is not there",
                        "Give a capture file, or '-' for standard input.");
        default:
            return fail(ErrorKind::io,
                        name + ": cannot be opened: " + std::generic_category().message(error));
    }
}

/// Refuses what can never be a capture, before a read of it gives a worse message or blocks.
Result<void> check_kind(const struct stat& status, int descriptor, const std::string& name) {
    if (S_ISDIR(status.st_mode)) {
        return fail(ErrorKind::usage, name + ": a directory, not a capture file",
                    "Name the capture files in it.");
    }
    if (S_ISCHR(status.st_mode) && ::isatty(descriptor) == 1) {
        return fail(ErrorKind::usage, name + ": a terminal, not a capture",
                    "Pipe a capture in, e.g. 'tcpdump -w - | tcpwhy read -', or name a file.");
    }
    return {};
}

std::uint64_t bytes_ahead(const struct stat& status, int descriptor) {
    if (!S_ISREG(status.st_mode)) return 0;
    const off_t at = ::lseek(descriptor, 0, SEEK_CUR);
    return at >= 0 && status.st_size > at ? static_cast<std::uint64_t>(status.st_size - at) : 0;
}

}  // namespace

std::string name_to_show(const std::string& path) {
    if (path == "-") return "standard input";
    std::string shown;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const auto byte = static_cast<unsigned char>(path[at]);
        const auto next = at + 1 < path.size() ? static_cast<unsigned char>(path[at + 1]) : 0;
        // U+0080 to U+009F, which some terminals obey like ESC sequences.
        const bool c1_control = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
        if (c1_control) ++at;
        shown += byte < 0x20 || byte == 0x7f || c1_control ? '?' : path[at];
    }
    return shown;
}

Result<OpenFile> open_file(const std::string& path) {
    const std::string name = name_to_show(path);
    const bool owned = path != "-";
    const int descriptor = owned ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (descriptor < 0) return open_failed(name, errno);
    OpenFile file;
    file.stream = std::make_unique<FileStream>(descriptor, owned, name);

    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return fail(ErrorKind::io, name + ": " + std::generic_category().message(errno),
                    owned ? "" : "Pipe a capture in, or name a file.");
    }
    if (auto fine = check_kind(status, descriptor, name); !fine) {
        return tl::unexpected<Error>(fine.error());
    }
    // Both are only hints: deeper read-ahead, and fewer switches between the ends of a pipe.
    if (S_ISREG(status.st_mode)) ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (S_ISFIFO(status.st_mode)) ::fcntl(descriptor, F_SETPIPE_SZ, 1 << 20);
    file.size = bytes_ahead(status, descriptor);
    return file;
}

}  // namespace tcpwhy::source
