/* SPDX-License-Identifier: MIT
 * audit/embedded_templates.S - the templates of the audit, in the program's own image.
 * EF_TEMPLATES is a path that the Makefile gives. */
    .section .rodata
    .hidden ef_embedded_templates, ef_embedded_templates_end
    .globl ef_embedded_templates, ef_embedded_templates_end
ef_embedded_templates:
    .incbin EF_TEMPLATES
ef_embedded_templates_end:
    .section .note.GNU-stack, "", %progbits
