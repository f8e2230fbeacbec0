"""事项的分组：编码的头一个字母。"""

GROUPS = {"A": "A 归集", "B": "B 提取", "C": "C 贷款", "D": "D 其他"}
"""What each group is called, by the letter that its items' codes begin with."""
