/* SPDX-License-Identifier: MIT
 * score/embedded.S - the default lexicon and model, in the program's own image.
 * EF_LEXICON_IMAGE and EF_MODEL_FILE are paths that the Makefile gives. */
    .section .rodata
    .balign 64
    .hidden ef_embedded_lexicon, ef_embedded_lexicon_end
    .globl ef_embedded_lexicon, ef_embedded_lexicon_end
ef_embedded_lexicon:
    .incbin EF_LEXICON_IMAGE
ef_embedded_lexicon_end:
    .balign 64
    .hidden ef_embedded_model, ef_embedded_model_end
    .globl ef_embedded_model, ef_embedded_model_end
ef_embedded_model:
    .incbin EF_MODEL_FILE
ef_embedded_model_end:
    .section .note.GNU-stack, "", %progbits
