package io.roomcast.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the application: web endpoints on one port, the chat on another. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HostApplication {
    /** Runs until the process receives a signal to end. */
    public static void main(String[] arguments) {
        SpringApplication.run(HostApplication.class, arguments);
    }
}
