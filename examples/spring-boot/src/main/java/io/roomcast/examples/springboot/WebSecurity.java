package io.roomcast.examples.springboot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Configures the security of the web endpoints. The chat uses the same token decoder. */
@Configuration(proxyBeanMethods = false)
class WebSecurity {
    /** Returns the decoder. Not needed with {@code jwt.issuer-uri}, for which Spring Boot creates one. */
    @Bean
    JwtDecoder jwtDecoder(ChatSettings settings) {
        return new StrictDecoder(NimbusJwtDecoder.withSecretKey(settings.tokenKey())
                .macAlgorithm(MacAlgorithm.HS256)
                .build());
    }

    @Bean
    SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasAuthority("SCOPE_operate")
                        .requestMatchers("/conversations/*/announcements")
                        .hasAuthority("SCOPE_announce")
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
