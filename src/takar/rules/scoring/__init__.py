"""The appraisal methods: one regulation each, none knows another; results carry their whole working.

`registry` finds a method by id or by period; `method` says what each of them offers; `types` is what comes out.
"""
