package io.roomcast.examples.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Controls a server under test over standard input and output. The line {@code gc} makes it collect its garbage. */
final class Console {
    private Console() {}

    /** Prints the port, and blocks until the standard input is closed. */
    static void serve(int port) throws IOException {
        print("ready " + port);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("gc")) {
                System.gc();
                print("collected");
            }
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
