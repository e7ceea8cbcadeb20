package io.roomcast.examples.chatserver;

import io.roomcast.chat.socketio.ChatServerBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the command line: a request for help, for a training run or for the embedded database alone. All settings are
 * environment variables.
 */
final class Arguments {
    private static final List<String> HELP = List.of("--help", "-h", "help");

    private static final List<String> TRAINING = List.of("--train");

    private static final List<String> VAPID_KEYS = List.of("--vapid-keys");

    private static final String DATABASE = "--database";

    private static final List<String> OWN = List.of(
            "CHAT_STORE: the store: mongo, embedded or memory (default: mongo with MONGODB_URI, else embedded)",
            "MONGODB_URI: the connection string of MongoDB, with the database's name",
            "CHAT_DATA_DIR: the folder of the embedded store (default: ./chat-data)",
            "CHAT_TOKEN_SECRET: turns authentication on: the secret of HS256 tokens, at least 32 bytes",
            "CHAT_DEMO: trusts every user name, for demonstrations; true or false (default: false)",
            "CHAT_USERS_FILE: a JSON file with the names of users by their ids",
            "CHAT_METRICS_PORT: serves /metrics on a separate port; 0 to 65,535",
            "CHAT_METRICS_HOST: the address of that port (default: 127.0.0.1)",
            "CHAT_WEBHOOK_URL: an endpoint that receives every message, by Standard Webhooks",
            "CHAT_WEBHOOK_SECRET: the secret that signs its calls, whsec_…; while it changes, both separated by a space",
            "CHAT_WEBHOOK_RESUME: resumes a webhook that gave up; true or false (default: false)",
            "CHAT_PUSH_PUBLIC_KEY: sends notifications to browsers: the public key, as --vapid-keys prints it",
            "CHAT_PUSH_PRIVATE_KEY: the private key that --vapid-keys printed with it",
            "CHAT_PUSH_SUBJECT: how push services reach you: mailto: and an address, or an https URL",
            "CHAT_PUSH_SERVICES: more push services, separated by spaces: hosts, optionally with *. and a port",
            "CHAT_DRAIN_SECONDS: the time in which a stopping server moves its clients to others; 0 to 600 "
                    + "(default: 20 in a cluster, else 0)",
            "CHAT_LOG_FORMAT: the format of log lines: text or json (default: text)",
            "CHAT_LOG_LEVEL: the lowest level that is logged: error, warn, info or debug (default: info)",
            "CHAT_CLASS_DATA: the folder in which chat-server.sh keeps class data, or off (default: the jar's folder)");

    private Arguments() {}

    /** Returns whether help is requested, so that the server does not start. */
    static boolean wantHelp(List<String> arguments) {
        return arguments.stream().anyMatch(HELP::contains);
    }

    /** Returns whether a training run is requested, which ends by itself. */
    static boolean wantTraining(List<String> arguments) {
        return arguments.equals(TRAINING);
    }

    /** Returns whether new keys for notifications to browsers are requested, without a server. */
    static boolean wantVapidKeys(List<String> arguments) {
        return arguments.equals(VAPID_KEYS);
    }

    /** Returns whether the embedded database is requested without a server. */
    static boolean wantDatabase(List<String> arguments) {
        return arguments.size() == 2 && arguments.get(0).equals(DATABASE);
    }

    /**
     * Returns the port of the embedded database without a server.
     *
     * @throws ConfigException if it is not a port
     */
    static int databasePort(List<String> arguments) {
        Environment given = new Environment(Map.of(DATABASE, arguments.get(1)));
        int port = given.port(DATABASE).orElse(0);
        given.throwErrors(List.of());
        return port;
    }

    /**
     * Rejects all other arguments.
     *
     * @throws ConfigException if there are any
     */
    static void check(List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw new ConfigException(arguments.stream()
                    .map(
                            argument -> argument.replaceAll("\\p{Cntrl}", "?")
                                    + ": unknown argument (expected: --help, --vapid-keys, --database <port>, or none; settings are environment variables)")
                    .toList());
        }
    }

    /** Returns the usage text. */
    static String help() {
        return Stream.of(
                        Stream.of(
                                "Usage: chat-server.sh, or java -jar chat-server.jar",
                                "       chat-server.sh --database <port>",
                                "       chat-server.sh --vapid-keys",
                                "Starts a Roomcast chat server, configured by environment variables; or the embedded",
                                "database alone, for several servers on this machine. --vapid-keys prints new keys for",
                                "notifications to browsers.",
                                ""),
                        OWN.stream(),
                        Stream.of(""),
                        ChatServerBuilder.environment().stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
