package io.roomcast.examples.chatserver;

/** The program: starts the server that the environment describes, and stops it with the process. */
public final class Main {
    private static final int CANNOT_START = 1;
    private static final int MISCONFIGURED = 2;

    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        try {
            run();
        } catch (ConfigException mistakes) {
            mistakes.lines().forEach(System.err::println);
            System.exit(MISCONFIGURED);
        } catch (StartException failure) {
            System.err.println(failure.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private static void run() {
        RunningServer server = RunningServer.start(ServerConfig.parse(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println(server.readyLine());
    }
}
