package io.roomcast.examples.benchmarks.uploads;

import io.roomcast.examples.benchmarks.process.FreePort;
import io.roomcast.examples.benchmarks.process.JavaCommand;
import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.server.FilesServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server that writes bodies of requests to files. */
enum FileSink {
    /** The chat, with its store of files in a folder. */
    ROOMCAST("Roomcast") {
        @Override
        Launch launch(UploadsOptions options, Path folder) {
            return JavaCommand.of(FilesServer.class, options.jvmOptions(), folder.toString());
        }

        @Override
        String begin(Upload upload, long size) throws IOException, InterruptedException {
            return upload.begin(size);
        }
    },
    /** nginx, which writes the body of each request to a file before it passes the request on without it. */
    NGINX("nginx") {
        @Override
        Launch launch(UploadsOptions options, Path folder) throws IOException {
            String port = FreePort.find();
            Path configuration =
                    Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    master_process off;
                    pid %1$s/nginx.pid;
                    error_log %1$s/nginx.log;
                    events {}
                    http {
                      access_log off;
                      client_max_body_size 0;
                      client_body_buffer_size 64k;
                      client_body_temp_path %1$s/bodies;
                      server {
                        listen 127.0.0.1:%2$s;
                        location = /file {
                          client_body_in_file_only on;
                          proxy_pass_request_body off;
                          proxy_set_header Content-Length "";
                          proxy_pass http://127.0.0.1:%2$s/done;
                        }
                        location = /done {
                          return 204;
                        }
                      }
                    }
                    """.formatted(folder.toAbsolutePath(), port));
            String script = "nginx -c %1$s & until [ -s %2$s/nginx.pid ]; do sleep 0.05; done; echo ready %3$s; wait"
                    .formatted(configuration.toAbsolutePath(), folder.toAbsolutePath(), port);
            return new Launch(List.of("sh", "-c", script), Map.of(), Pattern.compile("ready (\\d+)"), false);
        }

        @Override
        String begin(Upload upload, long size) {
            return "/file";
        }
    };

    private final String title;

    FileSink(String title) {
        this.title = title;
    }

    /** Returns the name in the report. */
    String title() {
        return title;
    }

    /** Returns the way to start the server, which writes files into the folder. */
    abstract Launch launch(UploadsOptions options, Path folder) throws IOException;

    /** Returns the path to which a file of the size is sent. */
    abstract String begin(Upload upload, long size) throws IOException, InterruptedException;
}
