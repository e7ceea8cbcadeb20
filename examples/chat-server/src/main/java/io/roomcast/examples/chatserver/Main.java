package io.roomcast.examples.chatserver;

import io.roomcast.examples.chatserver.log.LogSettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server as configured by the environment, and stops it when the process ends. */
public final class Main {
    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final int CANNOT_START = 1;
    private static final int MISCONFIGURED = 2;

    static {
        // Netty would initialize the Flight Recorder at each start, for events that are recorded only on request.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
    }

    private Main() {}

    /** Starts the server, which runs until the process ends. Exits with 2 for an invalid configuration, 1 if it cannot start. */
    public static void main(String[] arguments) {
        try {
            run(List.of(arguments));
        } catch (ConfigException invalid) {
            invalid.lines().forEach(System.err::println);
            System.exit(MISCONFIGURED);
        } catch (StartException failure) {
            System.err.println(failure.getMessage());
            System.exit(CANNOT_START);
        }
    }

    /** Prints the ready line to standard output; logs it instead if the log is JSON. */
    private static void announce(String ready) {
        if (LogSettings.current().json()) {
            log.info(ready);
        } else {
            System.out.println(ready);
        }
    }

    private static void run(List<String> arguments) {
        if (Arguments.wantHelp(arguments)) {
            System.out.println(Arguments.help());
            return;
        }
        if (Arguments.wantVapidKeys(arguments)) {
            PushSettings.newKeys().forEach(System.out::println);
            return;
        }
        if (Arguments.wantTraining(arguments)) {
            Training.run("memory".equals(System.getenv("CHAT_STORE")));
            return;
        }
        if (Arguments.wantDatabase(arguments)) {
            runDatabase(Arguments.databasePort(arguments));
            return;
        }
        Arguments.check(arguments);
        RunningServer server = RunningServer.start(ServerConfig.parse(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        log.info("class data: {}", ClassData.describe());
        announce(server.readyLine());
    }

    /** Starts the embedded database, which runs until the process ends. */
    private static void runDatabase(int port) {
        EmbeddedMongo database = EmbeddedMongo.open(ServerConfig.dataDirectory(System.getenv()), port);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "shutdown"));
        announce("The database is ready: " + database.uri());
    }
}
