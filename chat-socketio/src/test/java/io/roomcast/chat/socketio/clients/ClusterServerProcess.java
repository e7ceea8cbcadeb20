package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server of a cluster in a process of its own, which can be killed, restarted at the same port, and paused. */
final class ClusterServerProcess implements AutoCloseable {
    private final String name;
    private final String redisUri;
    private final String databaseUri;
    private int port;
    private Process process;

    private ClusterServerProcess(String name, String redisUri, String databaseUri) {
        this.name = name;
        this.redisUri = redisUri;
        this.databaseUri = databaseUri;
    }

    /** Starts a server at a free port. Call {@link #awaitReady} before its first use. */
    static ClusterServerProcess start(String name, String redisUri, String databaseUri) throws IOException {
        ClusterServerProcess server = new ClusterServerProcess(name, redisUri, databaseUri);
        server.restart();
        return server;
    }

    /** Starts the server again, after {@link #kill}, at the same port. */
    void restart() throws IOException {
        process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Blocks until the server accepts connections. */
    void awaitReady() throws IOException {
        String line = process.inputReader(UTF_8).readLine();
        assertThat(line).startsWith(ClusterServerMain.READY);
        port = Integer.parseInt(line.substring(ClusterServerMain.READY.length()));
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterServerMain.class.getName(),
                name,
                "" + port,
                redisUri,
                databaseUri);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends the server without warning, as {@code kill -9} does. Blocks until it has ended. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the process; its connections remain. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Continues after {@link #pause}. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        kill();
    }
}
