package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.client.HealDecided;
import io.evenkeel.pipeline.fix.PullRequests.Pull;
import io.evenkeel.pipeline.fix.PullRequests.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people did on the forge with a repair that waits for them: merged is accepted, closed is rejected.
 *
 * <p>Immutable.
 *
 * @param change the edit that was proposed
 * @param decided what the coordinator is to be told
 */
public record FollowUp(HealDecided.Change change, HealDecided decided) {

    /**
     * Compares the proposals that wait with their pull requests.
     *
     * @param proposals the coordinator's list, as in docs/reference/http-api.md; what is no such document has no proposals
     * @param pulls the forge's pull requests of ours, open and closed
     * @return what is new; empty when nobody has decided anything
     */
    public static List<FollowUp> of(String proposals, List<Pull> pulls) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(proposals);
        } catch (JsonProcessingException e) {
            return List.of();
        }
        Map<String, Pull> byUrl =
                pulls.stream().collect(Collectors.toMap(Pull::url, Function.identity(), (one, other) -> one));
        List<FollowUp> news = new ArrayList<>();
        for (JsonNode proposal : json.path("proposals")) {
            Pull pull = byUrl.get(proposal.path("pullRequest").asText());
            if (pull == null || !proposal.path("state").asText().equals("open")) {
                continue;
            }
            decided(pull)
                    .ifPresent(decided -> news.add(new FollowUp(
                            new HealDecided.Change(
                                    proposal.path("file").asText(),
                                    proposal.path("originalSelector").asText(),
                                    proposal.path("healedSelector").asText()),
                            decided)));
        }
        return news;
    }

    private static Optional<HealDecided> decided(Pull pull) {
        if (pull.state() == State.OPEN) {
            return Optional.empty();
        }
        return Optional.of(
                pull.state() == State.MERGED
                        ? new HealDecided("accepted", "", "its pull request was merged", pull.url())
                        : new HealDecided("rejected", "", "its pull request was closed without merging", pull.url()));
    }
}
