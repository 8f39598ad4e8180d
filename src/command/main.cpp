#include "command/support/program.h"

int main(int argc, char** argv) {
    return tcpwhy::command::run_program(argc, argv);
}
