/* SPDX-License-Identifier: MIT */
#include <earful/earful.h>
#include <stdio.h>

int main(void)
{
    ef_engine *engine = NULL;   /* the lexicon and the model; threads may share it */
    ef_scratch *scratch = NULL; /* working memory; one for each thread */
    ef_slice text = ef_slice_of("Works like a charm, thank you!");
    ef_score score;
    ef_error error = { 0 };
    if (ef_engine_new(&engine, NULL, &error) == EF_OK &&
        ef_scratch_new(&scratch, &error) == EF_OK &&
        ef_score_text(engine, scratch, text, &score, &error) == EF_OK)
        printf("%s %+.4f\n", ef_label_name(score.label), score.score / (double)EF_UNIT);
    else
        fprintf(stderr, "%s\n", error.message);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
    return error.status != EF_OK;
}
