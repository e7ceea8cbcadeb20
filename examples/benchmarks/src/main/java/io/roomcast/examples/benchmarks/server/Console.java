package io.roomcast.examples.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Connects a server under test with the process that started it. The server ends with its input, and collects garbage
 * on request.
 */
final class Console {
    private Console() {}

    /** Prints the port, and blocks until the end of the input. */
    static void serve(int port) throws IOException {
        say("ready " + port);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("gc")) {
                System.gc();
                say("collected");
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
